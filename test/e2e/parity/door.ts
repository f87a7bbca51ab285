import type { Question } from './question.js';

/** A request as `fetch` takes it, the path below the mirror's address. */
export interface DoorRequest {
  readonly path: string;
  readonly init?: RequestInit;
}

/** What a door answered: product ids in order, and how many it says match. */
export interface DoorAnswer {
  readonly ids: readonly string[];
  readonly total: number | undefined;
}

/** A catalogue interface: how a question is put to it and its answer read. */
export interface Door {
  readonly name: string;
  /** Undefined where the door has no words for the question. */
  ask(question: Question): DoorRequest | undefined;
  read(body: string): DoorAnswer;
}

/** Thrown by the part of a door that has no words for a condition. */
export class NoWords extends Error {}

/** The request, or undefined where a part of the question cannot be said. */
export function sayable(say: () => DoorRequest): DoorRequest | undefined {
  try {
    return say();
  } catch (error) {
    if (error instanceof NoWords) return undefined;
    throw error;
  }
}
