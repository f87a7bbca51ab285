import { el, type XmlMarkup } from '../xml/xml-element.js';
import { invalidValue } from './csw-error.js';
import type { DomainRequest } from './csw-request.js';
import { CSW_VERSIONS } from './csw-version.js';
import { OPERATIONS } from './operations.js';
import { cswRoot } from './records-response.js';

/** The values of one property, as found in the records; undefined where they are not listed. */
export interface PropertyDomain {
  readonly name: string;
  readonly values?: readonly string[];
}

/** `csw:GetDomainResponse` (OGC 07-006r1 §10.7.4, OGC 12-176r7 §7.7.4). Throws InvalidParameterValue for a parameter no operation has. */
export function domainResponse(request: DomainRequest, properties: readonly PropertyDomain[]): XmlMarkup {
  const data = CSW_VERSIONS[request.version];
  const { csw } = data;
  const type = `${csw}:Record`;
  const reference = request.version === '2.0.2' ? 'PropertyName' : 'ValueReference';
  const list = (values: readonly string[]) =>
    el(
      `${csw}:ListOfValues`,
      {},
      values.map((value) => el(`${csw}:Value`, {}, value)),
    );
  return cswRoot(
    data,
    'GetDomainResponse',
    request.parameterNames.map((name) =>
      el(`${csw}:DomainValues`, { type }, el(`${csw}:ParameterName`, {}, name), list(parameterValues(name, request))),
    ),
    properties.map(({ name, values = [] }) =>
      el(`${csw}:DomainValues`, { type }, el(`${csw}:${reference}`, {}, name), values.length > 0 && list(values)),
    ),
  );
}

function parameterValues(name: string, { version }: DomainRequest): readonly string[] {
  const [operation = '', parameter = ''] = name.toLowerCase().split('.');
  const found = OPERATIONS.find((each) => each.name.toLowerCase() === operation);
  const values = Object.entries(found?.parameters(version) ?? {}).find(([key]) => key.toLowerCase() === parameter)?.[1];
  if (values !== undefined) return values;
  throw invalidValue('parameterName', `There is no parameter ${name.slice(0, 100)}; GetRecords.resultType is one.`);
}
