import type { RequestParameters } from './request-parameters.js';

/** Sections of OWS Common; `All` and none at all are everything. */
export function sectionsOf(given: RequestParameters): ReadonlySet<string> | undefined {
  const names = given.list('SECTIONS', 'SECTION');
  const plain = names.map((name) => name.replace(/^.*\//, ''));
  return plain.length === 0 || plain.some((name) => /^all$/i.test(name)) ? undefined : new Set(plain);
}
