import type { XmlElement } from '../xml/xml-element.js';
import { attribute, child, childrenOf, textOf } from '../xml/xml-path.js';
import { CswError, invalidValue, missingValue } from './csw-error.js';
import { findCswQueryable } from './csw-queryables.js';
import type { HarvestRequest, TransactionAction, TransactionRequest } from './csw-request.js';
import type { CswVersion } from './csw-version.js';
import { parseConstraint } from './parse-query.js';

/** A Transaction (OGC 07-006r1 §10.11, OGC 12-176r7 §7.5). Throws CswError where an action is none. */
export function parseTransaction(root: XmlElement, version: CswVersion): TransactionRequest {
  const requestId = attribute(root, 'requestId');
  const actions = childrenOf(root).map(parseAction);
  if (actions.length === 0) throw missingValue('Insert');
  return {
    kind: 'Transaction',
    version,
    verbose: attribute(root, 'verboseResponse') === 'true',
    actions,
    ...(requestId === undefined ? {} : { requestId }),
  };
}

function parseAction(action: XmlElement): TransactionAction {
  switch (action.name) {
    case 'Insert':
      return parseInsert(action);
    case 'Update':
      return parseUpdate(action);
    case 'Delete':
      return { kind: 'delete', filter: constraintOf(action) };
    default:
      throw invalidValue(action.name, `${action.qname.slice(0, 100)} is no action of a Transaction.`);
  }
}

function parseInsert(action: XmlElement): TransactionAction {
  const handle = attribute(action, 'handle');
  const records = childrenOf(action);
  if (records.length === 0) throw missingValue('Insert');
  return { kind: 'insert', records, ...(handle === undefined ? {} : { handle }) };
}

function parseUpdate(action: XmlElement): TransactionAction {
  const properties = childrenOf(action, 'RecordProperty');
  if (properties.length === 0) {
    const [record] = childrenOf(action).filter(({ name }) => name !== 'Constraint');
    if (record === undefined) throw missingValue('RecordProperty');
    return { kind: 'update', record };
  }
  const changes = properties.map((property) => {
    const name = textOf(child(property, 'Name'));
    if (name === undefined) throw missingValue('Name');
    const value = textOf(child(property, 'Value'));
    return { property: findCswQueryable(name).name, ...(value === undefined ? {} : { value }) };
  });
  return { kind: 'update-properties', filter: constraintOf(action), changes };
}

/** An action without a constraint would take everything: it has to be said. */
function constraintOf(action: XmlElement): NonNullable<ReturnType<typeof parseConstraint>> {
  const filter = parseConstraint(action);
  if (filter === undefined)
    throw new CswError(`${action.qname} needs a Constraint.`, 'MissingParameterValue', 'Constraint');
  return filter;
}

/** A Harvest (OGC 07-006r1 §10.12, OGC 12-176r7 §7.6). Throws MissingParameterValue. */
export function parseHarvest(root: XmlElement, version: CswVersion): HarvestRequest {
  const text = (name: string) => textOf(child(root, name));
  const [source, resourceType, interval] = [text('Source'), text('ResourceType'), text('HarvestInterval')];
  if (source === undefined) throw missingValue('Source');
  if (resourceType === undefined) throw missingValue('ResourceType');
  const handlers = childrenOf(root, 'ResponseHandler').flatMap((each) => textOf(each) ?? []);
  return { kind: 'Harvest', version, source, resourceType, handlers, ...(interval === undefined ? {} : { interval }) };
}
