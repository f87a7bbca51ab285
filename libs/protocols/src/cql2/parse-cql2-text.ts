import { CQL2_LIMITS, isGeometry, type Cql2 } from './cql2.js';
import { COMPARISONS, isScalar, predicateFamily, standardName } from './cql2-operators.js';
import { Cql2Scanner, type Cql2Token } from './cql2-scanner.js';

const SIGNS = [...COMPARISONS.keys()];

/**
 * CQL2 text (OGC 21-065r2 §7, annex B) as its JSON value. What is inside brackets is told apart by what it holds, not by where it stands; whether operands
 * fit their operator is found when it is compiled. Throws InvalidError (subject `filter`) with the place.
 */
export function parseCql2Text(text: string): Cql2 {
  return new Cql2Reader(new Cql2Scanner(text)).whole();
}

class Cql2Reader {
  private depth = 0;
  private nodes = 0;

  constructor(private readonly scanner: Cql2Scanner) {}

  whole(): Cql2 {
    const node = this.either();
    if (this.scanner.peek().kind !== 'end') throw this.scanner.refuse('AND, OR or the end is expected');
    return node;
  }

  private either(): Cql2 {
    this.depth += 1;
    if (this.depth > CQL2_LIMITS.depth) throw this.scanner.refuse(`it is nested deeper than ${CQL2_LIMITS.depth}`);
    const node = this.joined('OR', () => this.joined('AND', () => this.factor()));
    this.depth -= 1;
    return node;
  }

  private joined(word: 'AND' | 'OR', operand: () => Cql2): Cql2 {
    const args = [operand()];
    while (this.scanner.take(word)) args.push(operand());
    return args.length === 1 ? args[0]! : this.operation(word.toLowerCase(), ...args);
  }

  private factor(): Cql2 {
    let isNegated = false;
    while (this.scanner.take('NOT')) isNegated = !isNegated;
    const node = this.predicate();
    return isNegated ? this.operation('not', node) : node;
  }

  private predicate(): Cql2 {
    const left = this.sum();
    const sign = SIGNS.find((each) => this.scanner.take(each));
    if (sign !== undefined) return this.operation(sign, left, this.sum());
    if (this.scanner.take('IS')) return this.nullTest(left);
    const isNegated = this.scanner.take('NOT');
    const node = this.worded(left);
    if (node === undefined && isNegated) throw this.scanner.refuse('LIKE, BETWEEN or IN is expected');
    return isNegated ? this.operation('not', node!) : (node ?? left);
  }

  private nullTest(operand: Cql2): Cql2 {
    const isNegated = this.scanner.take('NOT');
    this.scanner.expect('NULL');
    const test = this.operation('isNull', operand);
    return isNegated ? this.operation('not', test) : test;
  }

  private worded(left: Cql2): Cql2 | undefined {
    if (this.scanner.take('LIKE')) return this.operation('like', left, this.sum());
    if (this.scanner.take('BETWEEN')) {
      const lower = this.sum();
      this.scanner.expect('AND');
      return this.operation('between', left, lower, this.sum());
    }
    if (!this.scanner.take('IN')) return undefined;
    this.scanner.expect('(');
    return this.operation('in', left, this.items());
  }

  private sum(): Cql2 {
    return this.chained(['+', '-'], () => this.product());
  }

  private product(): Cql2 {
    return this.chained(['*', '/', '%', 'DIV'], () => this.power());
  }

  private chained(operators: readonly string[], operand: () => Cql2): Cql2 {
    let left = operand();
    for (;;) {
      const operator = operators.find((each) => this.scanner.take(each));
      if (operator === undefined) return left;
      left = this.operation(operator.toLowerCase(), left, operand());
    }
  }

  private power(): Cql2 {
    const base = this.signed();
    return this.scanner.take('^') ? this.operation('^', base, this.signed()) : base;
  }

  private signed(): Cql2 {
    let isNegative = false;
    for (;;) {
      if (this.scanner.take('-')) isNegative = !isNegative;
      else if (!this.scanner.take('+')) break;
    }
    const operand = this.operand();
    if (!isNegative) return operand;
    return typeof operand === 'number' ? -operand : this.operation('*', -1, operand);
  }

  private operand(): Cql2 {
    const geometry = this.scanner.takeGeometry();
    if (geometry !== undefined) return geometry;
    const token = this.scanner.next();
    if (token.kind === 'number') return token.value;
    if (token.kind === 'text') return token.text;
    if (token.kind === 'name') return this.named(token);
    if (token.kind === 'sign' && token.text === '(') return this.bracketed();
    throw this.scanner.refuse(token.kind === 'end' ? 'it ends too early' : 'a value or a property is expected');
  }

  private named({ text, quoted }: Extract<Cql2Token, { readonly kind: 'name' }>): Cql2 {
    const word = quoted ? '' : text.toUpperCase();
    if (word === 'TRUE' || word === 'FALSE') return word === 'TRUE';
    if (quoted || !this.scanner.take('(')) return { property: text };
    return this.called(text, word, this.items());
  }

  private called(name: string, word: string, args: readonly Cql2[]): Cql2 {
    switch (word) {
      case 'DATE':
      case 'TIMESTAMP':
        return this.moment(word, args);
      case 'INTERVAL':
        return this.interval(args);
      case 'BBOX':
        return this.box(args);
      default: {
        const op = standardName(name);
        return this.operation(op, ...(predicateFamily(op) === 'a' ? args.map(asList) : args));
      }
    }
  }

  private moment(word: 'DATE' | 'TIMESTAMP', args: readonly Cql2[]): Cql2 {
    const [value, more] = args;
    if (typeof value !== 'string' || more !== undefined) throw this.scanner.refuse(`${word} takes one text`);
    return word === 'DATE' ? { date: value } : { timestamp: value };
  }

  private interval(args: readonly Cql2[]): Cql2 {
    const [start, end, more] = args;
    if (start === undefined || end === undefined || more !== undefined) {
      throw this.scanner.refuse('INTERVAL takes a start and an end');
    }
    return { interval: [start, end] };
  }

  private box(args: readonly Cql2[]): Cql2 {
    const numbers = args.filter((arg) => typeof arg === 'number');
    if (numbers.length !== args.length || (args.length !== 4 && args.length !== 6)) {
      throw this.scanner.refuse('BBOX takes four or six numbers');
    }
    return { bbox: numbers };
  }

  /** `( … )`: a list where it has a comma or nothing in it, else what stands in it. */
  private bracketed(): Cql2 {
    const items = this.items();
    const [only] = items;
    return items.length === 1 && only !== undefined ? only : items;
  }

  /** Behind the opening bracket, up to and with the closing one. */
  private items(): readonly Cql2[] {
    if (this.scanner.take(')')) return [];
    const items = [this.either()];
    while (this.scanner.take(',')) items.push(this.either());
    this.scanner.expect(')');
    return items;
  }

  /** `a AND (b AND c)` stays as it was written; only chains without brackets are one. */
  private operation(op: string, ...args: readonly Cql2[]): Cql2 {
    this.nodes += 1;
    if (this.nodes > CQL2_LIMITS.nodes) throw this.scanner.refuse(`it has more than ${CQL2_LIMITS.nodes} conditions`);
    return { op, args };
  }
}

/** A list of one looks like a value in brackets; what can be no list by itself is one. */
function asList(node: Cql2): Cql2 {
  if (typeof node !== 'object' || isGeometry(node)) return [node];
  if ('op' in node) return isScalar(node.op) ? [node] : node;
  return 'property' in node || Array.isArray(node) ? node : [node];
}
