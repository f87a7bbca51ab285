/**
 * What a statement saw, as a column: null inside a transaction that has written. Two that saw the same saw the same catalogue: a transaction that ends
 * moves the snapshot's end or leaves its list (PostgreSQL, pg_snapshot components).
 */
export const SNAPSHOT =
  'case when pg_current_xact_id_if_assigned() is null then pg_current_snapshot()::text end as snapshot';
