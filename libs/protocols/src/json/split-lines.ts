/**
 * The lines of a UTF-8 text, ended by LF or CR LF and by nothing else (U+2028 may stand in JSON). Of a line longer than `longest` characters only its first
 * part comes, one character too long, so that a text without a line break never fills the memory.
 */
export async function* splitLines(text: AsyncIterable<Uint8Array>, longest: number): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let parts: string[] = [];
  let length = 0;
  const keep = (part: string): void => {
    if (length <= longest && part !== '') parts.push(part.slice(0, longest + 1 - length));
    length += part.length;
  };
  for await (const chunk of text) {
    const [first = '', ...others] = decoder.decode(chunk, { stream: true }).split('\n');
    keep(first);
    for (const part of others) {
      yield parts.join('').replace(/\r$/, '');
      parts = [];
      length = 0;
      keep(part);
    }
  }
  keep(decoder.decode());
  if (length > 0) yield parts.join('').replace(/\r$/, '');
}
