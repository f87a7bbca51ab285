import { z } from 'zod';
import { InvalidError } from '#domain/errors.js';

/** A parse function as a zod transform: its InvalidError becomes an issue, so that the answer names the parameter. */
export function checked<I, O>(parse: (value: I) => O): (value: I, context: z.RefinementCtx) => O {
  return (value, context) => {
    try {
      return parse(value);
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
      return z.NEVER;
    }
  };
}
