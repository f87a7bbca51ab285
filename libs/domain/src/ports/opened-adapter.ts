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
