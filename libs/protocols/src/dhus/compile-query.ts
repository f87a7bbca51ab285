import type { Filter } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import { allOf, anyOf, noneOf, TRUE } from '../odata/combine-filters.js';
import type { QueryExpression } from './query-expression.js';
import { queryField } from './query-fields.js';
import { fieldFilter } from './value-filter.js';
import { wordsFilter } from './words-filter.js';

/** The filter a parsed `q` stands for; `now` is what `NOW` means. Throws InvalidError for unknown fields and values that do not fit. */
export function compileDhusQuery(expression: QueryExpression, now: Date): Filter {
  switch (expression.kind) {
    case 'any':
      return TRUE;
    case 'not':
      return noneOf(compileDhusQuery(expression.arg, now));
    case 'and':
    case 'or': {
      const args = expression.args.map((arg) => compileDhusQuery(arg, now));
      return expression.kind === 'and' ? allOf(args) : anyOf(args);
    }
    case 'term': {
      const { field, value } = expression;
      if (field !== undefined) return fieldFilter(queryField(field), value, now);
      if (value.kind !== 'range') return wordsFilter(value);
      throw new InvalidError('A range needs the field it is about, as in ingestiondate:[NOW-1DAY TO NOW].', {
        subject: 'q',
      });
    }
  }
}
