/** Writes a Content-Disposition field (RFC 6266): a quoted ASCII name for every client and, where it differs, the exact one in `filename*` (RFC 8187). */
export function writeContentDisposition(fileName: string, type: 'attachment' | 'inline' = 'attachment'): string {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\/]/g, '_');
  const field = `${type}; filename="${plain}"`;
  return plain === fileName ? field : `${field}; filename*=UTF-8''${extendedValue(fileName)}`;
}

/** RFC 8187 §3.2.1 attr-char; everything else percent-encoded. Lone surrogates cannot be UTF-8 and become U+FFFD. */
function extendedValue(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
