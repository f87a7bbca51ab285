/** Names a parser may have put into an object that mean something else to JavaScript. */
const NAMES = ['__proto__', 'prototype', 'constructor'] as const;

/**
 * Takes properties named as those of prototypes out of what came with a request, however deep. Nest does the same for anything there may be; this knows that
 * numbers have none, and a polygon is made of thousands of lists of them.
 */
export function stripPrototypeKeys(value: unknown): void {
  const seen = new WeakSet<object>();
  const left: object[] = isObject(value) ? [value] : [];
  for (let object = left.pop(); object !== undefined; object = left.pop()) {
    if (!Array.isArray(object)) {
      if (seen.has(object)) continue;
      seen.add(object);
      takeOutNames(object);
    }
    // One by one: a list may have more parts than a call can have arguments.
    for (const part of partsOf(object)) left.push(part);
  }
}

function partsOf(object: object): readonly object[] {
  return (Array.isArray(object) ? (object as readonly unknown[]) : Object.values(object)).filter(isObject);
}

function takeOutNames(object: object): void {
  for (const name of NAMES) if (Object.hasOwn(object, name)) Reflect.deleteProperty(object, name);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
}
