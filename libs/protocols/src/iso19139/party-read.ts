import type { OnlineResource, RecordParty } from '../records/metadata-record.js';
import { withoutUndefined } from '../safe/without-undefined.js';
import { freeTextAt } from './free-text.js';
import type { XmlElement } from '../xml/xml-element.js';
import { attribute, select, selectFirst, textAt, textOf } from '../xml/xml-path.js';

/** Those responsible for the resource, then who answers for the record, of either encoding; nobody twice in the same role. */
export function readParties(metadata: XmlElement, identification: XmlElement | undefined): readonly RecordParty[] {
  const found = [
    ...select(identification, 'pointOfContact/*'),
    ...select(identification, 'citation/CI_Citation/citedResponsibleParty/*'),
    ...select(metadata, 'contact/*'),
  ].flatMap(readParty);
  const known = new Map(found.toReversed().map((party) => [`${party.role} ${party.name}`, party]));
  return [...known.values()].toReversed();
}

function readParty(party: XmlElement): readonly RecordParty[] {
  const name = ['organisationName', 'party/CI_Organisation/name', 'individualName', 'party/*/name', 'positionName']
    .map((path) => freeTextAt(party, path))
    .find((text) => text !== undefined);
  if (name === undefined) return [];
  const role = attribute(selectFirst(party, 'role/CI_RoleCode'), 'codeListValue') ?? textAt(party, 'role');
  return [
    withoutUndefined({
      name,
      role: role ?? 'pointOfContact',
      email: textAt(party, '//electronicMailAddress'),
      url: textAt(party, '//onlineResource/CI_OnlineResource/linkage'),
    }),
  ];
}

/** Online resources of the distribution, and where a service listens; each address once. */
export function readOnlineResources(metadata: XmlElement): readonly OnlineResource[] {
  const found = [
    ...select(metadata, 'distributionInfo//onLine/CI_OnlineResource'),
    ...select(metadata, 'identificationInfo/*/containsOperations//CI_OnlineResource'),
  ].flatMap(readOnlineResource);
  return [...new Map(found.toReversed().map((resource) => [resource.href, resource])).values()].toReversed();
}

function readOnlineResource(resource: XmlElement): readonly OnlineResource[] {
  const href = textAt(resource, 'linkage');
  if (href === undefined) return [];
  const code = selectFirst(resource, 'function/CI_OnLineFunctionCode');
  return [
    withoutUndefined({
      href,
      protocol: textAt(resource, 'protocol'),
      name: freeTextAt(resource, 'name'),
      description: freeTextAt(resource, 'description'),
      use: attribute(code, 'codeListValue') ?? textOf(code),
    }),
  ];
}
