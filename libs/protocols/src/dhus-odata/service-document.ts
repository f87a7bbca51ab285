import { el } from '../xml/xml-element.js';
import { writeXml } from '../xml/write-xml.js';
import { ENTITY_SETS } from './metadata-document.js';

/** The service document: the entity sets there are (AtomPub; OData 2.0 JSON format §5). `root` is the address of the service, without slash at the end. */
export function writeServiceDocument(root: string, format: 'json' | 'atom'): string {
  if (format === 'json') return JSON.stringify({ d: { EntitySets: ENTITY_SETS } });
  const collections = ENTITY_SETS.map((set) => el('collection', { href: set }, el('atom:title', {}, set)));
  return writeXml(
    el(
      'service',
      {
        xmlns: 'http://www.w3.org/2007/app',
        'xmlns:atom': 'http://www.w3.org/2005/Atom',
        'xml:base': `${root}/`,
      },
      el('workspace', {}, el('atom:title', {}, 'Default'), collections),
    ),
  );
}
