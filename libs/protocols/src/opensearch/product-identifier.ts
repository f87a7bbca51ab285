/** Parent identifier of a collection as CODE-DE and FedEO clients know it, e.g. `EOP:FROMBORK:S2_MSI_L1C`. */
export function writeParentIdentifier(mirror: string, shortName: string): string {
  return `EOP:${mirror}:${shortName}`;
}

/** Identifier of a product: the parent's, `:/` and the product's name. */
export function writeProductIdentifier(parentIdentifier: string, id: string): string {
  return `${parentIdentifier}:/${id}`;
}

/** Short name (or id) of a collection out of a parent identifier of any mirror, so that scripts made for another one work here. */
export function parseParentIdentifier(text: string): string {
  return /^(?:urn:)?EOP:[^:]+:([^:]+)$/i.exec(text.trim())?.[1] ?? text.trim();
}

/** Product name out of an identifier: what is after the last `:` and `/`, without the extension. */
export function parseProductIdentifier(text: string): string {
  const name = text.trim().replace(/^.*[:/]/s, '');
  return name.replace(/\.zip$/i, '').replace(/\.(SAFE|SEN3|nc)$/i, '');
}
