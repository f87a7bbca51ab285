/** What a computed value is. Lists are JSON arrays; a property outside the vocabulary is JSON and whatever it is asked to be. */
export type ValueType = 'number' | 'text' | 'instant' | 'boolean' | 'list' | 'place' | 'json';
