/** `gml:id` of a record's period: an NCName no other record of a catalogue has, so that an answer of many records stays valid. */
export function periodId({ id }: { readonly id: string }): string {
  return `period_${id.replaceAll(/[^A-Za-z0-9_.-]/g, (character) => `_${character.codePointAt(0)!.toString(16)}_`)}`;
}
