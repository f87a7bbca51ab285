import { wordsQuery } from './catalog-words.js';
import type { SqlParameters } from './sql-parameters.js';

/** Free text over the words of a product; text without a word matches everything. */
export function compileText(text: string, parameters: SqlParameters): string {
  const words = wordsQuery(text);
  return words === undefined ? 'true' : `p.words @@ ${parameters.add(words, 'tsquery')}`;
}
