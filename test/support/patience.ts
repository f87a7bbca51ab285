import { jest } from '@jest/globals';
import fc from 'fast-check';

/** Real servers on a busy machine take their time; a test that hangs still ends. Tests that need longer say so themselves. */
jest.setTimeout(60_000);

/** Where each try takes servers a second, a search for the smallest case would end as a time-out that does not tell what was wrong. */
fc.configureGlobal({ endOnFailure: true });
