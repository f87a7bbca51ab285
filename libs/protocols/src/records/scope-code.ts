const DCMI = 'http://purl.org/dc/dcmitype/';

/** Types of the DCMI vocabulary that ISO 19115 has a scope of another name for; all others describe data. */
const SCOPES: Readonly<Record<string, string>> = { Service: 'service', Collection: 'series', Software: 'software' };

/** The scope of ISO 19115 a record's type stands for; `dataset` where it has none. */
export function scopeCode(type: string | undefined): string {
  if (type === undefined) return 'dataset';
  return type.startsWith(DCMI) ? (SCOPES[type.slice(DCMI.length)] ?? 'dataset') : type;
}
