import type { ComparisonOperator, Filter } from '#domain/catalog/catalog-query.js';
import { complement } from '#domain/catalog/complement.js';
import { InvalidError } from '#domain/errors.js';
import type { FilterNames } from '../fes/filter-names.js';
import { CqlScanner, type CqlToken } from './cql-scanner.js';
import { CQL_FUNCTIONS, parseCqlFunction } from './cql-functions.js';

const MAX_LENGTH = 1 << 20;
const MAX_DEPTH = 64;
const MAX_CONDITIONS = 2000;

const OPERATORS: Readonly<Record<string, ComparisonOperator>> = {
  '=': 'eq',
  '<>': 'ne',
  '!=': 'ne',
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
  BEFORE: 'lt',
  AFTER: 'gt',
};

/**
 * CQL_TEXT (OGC 07-006r1 §10.8.4.13 and its BNF, with the forms servers of the field accept): comparisons, LIKE and ILIKE, IN, BETWEEN, IS NULL, BBOX and
 * spatial functions with WKT, AND, OR, NOT. NOT is two-valued. Names go through `names`, literals stay text. Throws InvalidError (subject `CONSTRAINT` or the name) with the place.
 */
export function parseCql(text: string, names: FilterNames): Filter {
  if (text.length > MAX_LENGTH)
    throw new InvalidError('The CQL constraint is longer than a megabyte.', { subject: 'CONSTRAINT' });
  return new CqlReader(new CqlScanner(text), names).whole();
}

class CqlReader {
  private conditions = 0;

  constructor(
    private readonly scanner: CqlScanner,
    private readonly names: FilterNames,
  ) {}

  whole(): Filter {
    const filter = this.either(1);
    if (this.scanner.peek().kind !== 'end') throw this.scanner.refuse('AND, OR or the end is expected');
    return filter;
  }

  private either(depth: number): Filter {
    const args = [this.both(depth)];
    while (this.scanner.take('OR')) args.push(this.both(depth));
    return args.length === 1 ? args[0]! : { op: 'or', args };
  }

  private both(depth: number): Filter {
    const args = [this.one(depth)];
    while (this.scanner.take('AND')) args.push(this.one(depth));
    return args.length === 1 ? args[0]! : { op: 'and', args };
  }

  private one(depth: number): Filter {
    if (depth > MAX_DEPTH) throw this.scanner.refuse(`conditions are nested deeper than ${MAX_DEPTH}`);
    if (this.scanner.take('NOT')) return complement(this.one(depth + 1));
    if (!this.scanner.take('(')) return this.condition();
    const inner = this.either(depth + 1);
    this.scanner.expect(')');
    return inner;
  }

  private condition(): Filter {
    this.conditions += 1;
    if (this.conditions > MAX_CONDITIONS) throw this.scanner.refuse(`there are more than ${MAX_CONDITIONS} conditions`);
    const token = this.scanner.next();
    if (token.kind !== 'name') throw this.scanner.refuse('the name of a property is expected');
    if (CQL_FUNCTIONS.has(token.value.toUpperCase()) && this.scanner.take('(')) {
      return parseCqlFunction(token.value.toUpperCase(), this.scanner, this.names);
    }
    return this.predicate(this.names.property(token.value));
  }

  private predicate(property: string): Filter {
    const { scanner } = this;
    if (scanner.take('IS')) {
      const absent = !scanner.take('NOT');
      scanner.expect('NULL');
      return absent ? { op: 'isNull', property } : { op: 'not', arg: { op: 'isNull', property } };
    }
    if (scanner.take('EXISTS')) return { op: 'not', arg: { op: 'isNull', property } };
    const negated = scanner.take('NOT');
    const filter = this.ranged(property) ?? (negated ? undefined : this.compared(property));
    if (filter === undefined) throw scanner.refuse('LIKE, IN or BETWEEN is expected');
    return negated ? complement(filter) : filter;
  }

  private ranged(property: string): Filter | undefined {
    const { scanner } = this;
    if (scanner.take('LIKE')) return { op: 'like', property, pattern: this.literal() };
    if (scanner.take('ILIKE')) return { op: 'like', property, pattern: this.literal(), caseInsensitive: true };
    if (scanner.take('IN')) return { op: 'in', property, values: this.list() };
    if (!scanner.take('BETWEEN')) return undefined;
    const lower = this.literal();
    scanner.expect('AND');
    return { op: 'between', property, lower, upper: this.literal() };
  }

  private compared(property: string): Filter {
    if (this.scanner.take('DURING')) return during(property, this.literal());
    const token = this.scanner.next();
    const op = OPERATORS[token.value.toUpperCase()];
    if (op === undefined || token.kind === 'text') throw this.scanner.refuse('a comparison is expected');
    return { op, property, value: this.literal() };
  }

  private list(): readonly string[] {
    this.scanner.expect('(');
    const values = [this.literal()];
    while (this.scanner.take(',')) values.push(this.literal());
    this.scanner.expect(')');
    return values;
  }

  private literal(): string {
    const token: CqlToken = this.scanner.peek();
    const isWord = token.kind === 'name' && /^(true|false)$/i.test(token.value);
    if (token.kind !== 'text' && token.kind !== 'number' && !isWord) throw this.scanner.refuse('a value is expected');
    return this.scanner.next().value;
  }
}

function during(property: string, period: string): Filter {
  const [lower = '', upper = lower] = period.split('/');
  return { op: 'between', property, lower, upper };
}
