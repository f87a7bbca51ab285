/** How a client's copy of a capabilities document stands to ours (OGC 06-121r9 §7.3.4): none and what came before are older. Sequences compare as text. */
export function compareUpdateSequence(given: string | undefined, current: string): 'older' | 'current' | 'newer' {
  if (given === current) return 'current';
  return given === undefined || given < current ? 'older' : 'newer';
}
