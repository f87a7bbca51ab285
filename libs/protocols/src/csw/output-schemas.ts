/** Forms records are written in. */
export type RecordForm = 'record' | 'gmd' | 'gmi' | 'mdb' | 'atom';

/** `outputSchema` values and the form each stands for; those of the common records go with their version. */
export const OUTPUT_SCHEMAS: ReadonlyMap<string, RecordForm> = new Map([
  ['http://www.opengis.net/cat/csw/2.0.2', 'record'],
  ['http://www.opengis.net/cat/csw/3.0', 'record'],
  ['http://www.isotc211.org/2005/gmd', 'gmd'],
  ['http://www.isotc211.org/2005/gmi', 'gmi'],
  ['http://standards.iso.org/iso/19115/-3/mdb/2.0', 'mdb'],
  ['http://www.w3.org/2005/Atom', 'atom'],
]);

/** `outputFormat` values that are XML of the schema asked for. */
export const XML_FORMATS: ReadonlySet<string> = new Set(['application/xml', 'text/xml']);

/** `outputFormat` of Atom feeds and entries. */
export const ATOM_FORMAT = 'application/atom+xml';

/** Names a query may select (`typeNames`) by local name. All select every record; what is written is a matter of the output schema. */
export const TYPE_NAMES: ReadonlyMap<string, string> = new Map([
  ['Record', 'csw:Record'],
  ['MD_Metadata', 'gmd:MD_Metadata'],
  ['MI_Metadata', 'gmi:MI_Metadata'],
]);
