/** `gml:id` of a part of a record: an NCName no other record of a catalogue has, so that an answer of many records stays valid. */
export function xmlId(part: string, recordId: string): string {
  return `${part}_${recordId.replaceAll(/[^A-Za-z0-9_.-]/g, (character) => `_${character.codePointAt(0)!.toString(16)}_`)}`;
}
