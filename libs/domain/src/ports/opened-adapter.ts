/** A port's abstract class, used as its injection token. */
export type PortToken = abstract new (...args: never[]) => unknown;

/** An adapter family opened by configuration: the ports it provides, a readiness check and an orderly end. */
export interface OpenedAdapter {
  /** Short name for readiness and logs, e.g. `database`. */
  readonly name: string;
  readonly ports: readonly (readonly [PortToken, unknown])[];
  /** What an operator should know at start, e.g. that the embedded database is not safe against power loss. */
  readonly notices?: readonly string[];
  /** Throws UnavailableError where the adapter cannot work. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** The instance of a port an opened adapter provides; for adapters that are built on another, as the raster engine on the object store. Throws where it provides none. */
export function portOf<T>(adapter: OpenedAdapter, token: abstract new (...args: never[]) => T): T {
  const found = adapter.ports.find(([provided]) => provided === token);
  if (found === undefined) throw new Error(`The adapter ${adapter.name} does not provide ${token.name}.`);
  return found[1] as T;
}
