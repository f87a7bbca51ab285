import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

type Schema = Readonly<Record<string, unknown>>;

const CORE = 'https://schemas.stacspec.org/v1.1.0/';
const CORE_FILES = [
  ...['item', 'bands', 'basics', 'common', 'data-values', 'datetime', 'instrument', 'licensing', 'provider'].map(
    (name) => `item-spec/json-schema/${name}.json`,
  ),
  'collection-spec/json-schema/collection.json',
];

/** The schemas as their authors publish them, read from the Git repositories in the folder STAC_SCHEMAS (`stac-spec`, and one of each extension). */
export class OfficialStacSchemas {
  readonly #ajv = new Ajv({ strict: false, allErrors: false, logger: false });

  private constructor(private readonly folder: string) {
    addFormats.default(this.#ajv);
    for (const format of ['iri', 'iri-reference']) this.#ajv.addFormat(format, /^\S*$/);
    for (const name of ['Feature', 'Geometry'])
      this.#ajv.addSchema({ $id: `https://geojson.org/schema/${name}.json`, type: 'object' });
    for (const version of ['0.5', '0.7'])
      this.#ajv.addSchema({ $id: `https://proj.org/schemas/v${version}/projjson.schema.json`, type: 'object' });
    for (const file of CORE_FILES) this.#ajv.addSchema({ ...this.core(file), $id: `${CORE}${file}` });
    const basics = 'item-spec/json-schema/basics.json';
    const before = this.read('stac-spec', 'v1.0.0', basics);
    this.#ajv.addSchema({ ...before, $id: `https://schemas.stacspec.org/v1.0.0/${basics}` });
  }

  /** Undefined where STAC_SCHEMAS names no folder. */
  static open(): OfficialStacSchemas | undefined {
    const folder = process.env['STAC_SCHEMAS'];
    return folder !== undefined && existsSync(folder) ? new OfficialStacSchemas(folder) : undefined;
  }

  /** What is wrong with an Item or a Collection; those of its extensions that are not in the folder are passed over. */
  faults(document: object): string | undefined {
    const { type, stac_extensions: extensions = [] } = document as {
      type: string;
      stac_extensions?: readonly string[];
    };
    const core = `${CORE}${type === 'Feature' ? CORE_FILES[0] : CORE_FILES.at(-1)}`;
    const validators = [
      this.#ajv.getSchema(core),
      ...extensions.filter((uri) => typeof uri === 'string').map((uri) => this.extension(uri)),
    ];
    const refusing = validators.find((validate) => validate !== undefined && validate(document) !== true);
    return refusing === undefined ? undefined : this.#ajv.errorsText(refusing.errors);
  }

  private extension(uri: string): ValidateFunction | undefined {
    const known = this.#ajv.getSchema(uri);
    if (known !== undefined) return known;
    const [, name, version] = /^https:\/\/[^/]+\/(.+)\/(v[^/]+)\/schema\.json$/.exec(uri) ?? [];
    if (name === undefined || version === undefined || this.repository(name) === undefined) return undefined;
    for (const platform of name === 'storage' && version === 'v2.0.0' ? ['aws-s3', 'custom-s3', 'ms-azure'] : [])
      this.#ajv.addSchema(this.read(name, 'HEAD', `json-schema/platforms/${platform}.json`));
    return this.#ajv.compile({ ...this.read(name, version, 'json-schema/schema.json'), $id: uri });
  }

  /** The last draft of 1.1.0 is what the repository may hold: its version apart it is the same. */
  private core(file: string): Schema {
    const text = this.text('stac-spec', 'HEAD', file).replaceAll(/1\.1\.0-[a-z]+\.\d+/g, '1.1.0');
    return JSON.parse(text) as Schema;
  }

  private read(name: string, version: string, file: string): Schema {
    return JSON.parse(this.text(name, version, file)) as Schema;
  }

  private text(name: string, version: string, file: string): string {
    const git = ['--git-dir', this.repository(name) ?? '', 'show', `${version}:${file}`];
    return execFileSync('git', git, { encoding: 'utf8' });
  }

  private repository(name: string): string | undefined {
    return readdirSync(this.folder)
      .filter((entry) => entry === name || entry.endsWith(`+${name}`))
      .flatMap((entry) => ['', '.git', 'repo'].map((inner) => join(this.folder, entry, inner)))
      .find((path) => existsSync(join(path, 'HEAD')));
  }
}
