/** What a filter language asks about the names it meets; both throw InvalidError whose subject is the name. */
export interface FilterNames {
  /** The canonical name of a queryable, from a name as written (with prefix, or a path). */
  property(name: string): string;
  /** Accepts the name of a geometry; `undefined` stands for the default one. */
  geometry(name: string | undefined): void;
}
