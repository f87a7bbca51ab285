import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { COLLECTION_SCHEMA, ITEM_SCHEMA } from './core-schemas.js';
import { collectionSchemaOf, itemSchemaOf } from './extension-documents.js';
import { extensionUri, type ExtensionSchema } from './extension-schema.js';
import { onlyFields } from './only-fields.js';
import { KNOWN_EXTENSIONS } from './known-extensions.js';

/** What is validated. */
export type StacKind = 'Item' | 'Collection';

/** The validators a document has to pass, the core's first. `every` finds every fault where `first` stops at one; compiled when they are first needed. */
export interface StacValidator {
  /** As a person knows it, such as `eo 2.0.0`. */
  readonly name: string;
  readonly first: ValidateFunction;
  readonly every: ValidateFunction;
}

/** No white space, no control characters, none of what RFC 3987 rules out. */
const REFERENCE = /^[^\s\p{Cc}<>"{}|\\^`]*$/u;
/** What addresses of tiles leave to fill in (Web Map Links extension 1.2.0, `xyz`). */
const TILE_PLACES = /\{[sxyz]\}/g;
const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:/;
/** A longer address is nobody's. */
const LONGEST = 8192;

/** The same of ASCII, which is what nearly all are: without classes of Unicode a third of the time. */
const ASCII = /^[!#-;=?-[\]_a-z~]*$/;

const isReference = (text: string): boolean =>
  text.length <= LONGEST && (ASCII.test(text) || REFERENCE.test(text.replace(TILE_PLACES, '')));

function makeAjv(allErrors: boolean): Ajv {
  const ajv = new Ajv({
    allErrors,
    verbose: true,
    strictTypes: false,
    formats: {
      'iri-reference': isReference,
      iri: (text: string) => isReference(text) && ABSOLUTE.test(text),
    },
  });
  ajv.addKeyword(onlyFields);
  addFormats.default(ajv, ['date-time', 'duration']);
  return ajv;
}

const FIRST = makeAjv(false);
const EVERY = makeAjv(true);

const EXTENSIONS: ReadonlyMap<string, { readonly name: string; readonly extension: ExtensionSchema }> = new Map(
  KNOWN_EXTENSIONS.flatMap((extension) =>
    extension.versions.map(
      (version) =>
        [extensionUri(extension.name, version), { name: `${extension.name} ${version}`, extension }] as const,
    ),
  ),
);

const COMPILED = new Map<string, StacValidator>();
/** The items of one source name the same extensions, each time as new texts. */
const CHOSEN = new Map<string, readonly StacValidator[]>();
const MOST_CHOSEN = 1_000;
/** A longer list of names is remembered by none. */
const LONGEST_LIST = 4_000;

/** The validators for a document that names some extensions; those nobody knows here are passed over. */
export function validatorsOf(kind: StacKind, extensions: readonly string[]): readonly StacValidator[] {
  const list = [kind, ...extensions].join('\n');
  const known = CHOSEN.get(list);
  if (known !== undefined) return known;
  const chosen = chooseValidators(kind, extensions);
  if (list.length < LONGEST_LIST && CHOSEN.size < MOST_CHOSEN) CHOSEN.set(list, chosen);
  return chosen;
}

function chooseValidators(kind: StacKind, extensions: readonly string[]): readonly StacValidator[] {
  const core = remembered(kind, () => ({ name: 'STAC', schema: kind === 'Item' ? ITEM_SCHEMA : COLLECTION_SCHEMA }));
  const known = [...new Set(extensions)].flatMap((uri) => {
    const named = EXTENSIONS.get(uri);
    if (named === undefined) return [];
    const { name, extension } = named;
    const schema = kind === 'Item' ? itemSchemaOf : collectionSchemaOf;
    return [remembered(`${kind} ${uri}`, () => ({ name, schema: schema(extension) }))];
  });
  return [core, ...known];
}

function remembered(key: string, make: () => { name: string; schema: object | boolean }): StacValidator {
  const known = COMPILED.get(key);
  if (known !== undefined) return known;
  const { name, schema } = make();
  let every: ValidateFunction | undefined;
  const first = FIRST.compile(schema);
  const validator = {
    name,
    first,
    get every() {
      return (every ??= EVERY.compile(schema));
    },
  };
  COMPILED.set(key, validator);
  return validator;
}
