/** Whether a request prefers an answer without what it made (`Prefer: return=minimal`, RFC 7240 §4.2); of several the first counts. */
export function prefersMinimal(header: string | readonly string[] | undefined): boolean {
  const stated = [header ?? []].flat().flatMap((each) => each.split(','));
  const returns = stated.map((each) => /^\s*return\s*=\s*"?(minimal|representation)"?\s*(?:;|$)/i.exec(each)?.[1]);
  return returns.find((each) => each !== undefined)?.toLowerCase() === 'minimal';
}
