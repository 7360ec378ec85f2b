/** One run of the suite against the stand-in with some faults. */
export interface Job {
  readonly faults: readonly string[];
  /** The tier, as Vitest's mode. */
  readonly mode: "test" | "nightly";
  /** Which cases run; all of the tier where everything is empty. */
  readonly args: {
    readonly files: readonly string[];
    readonly projects: readonly string[];
    readonly titles: readonly string[];
  };
}

/** What a run against some faults showed. */
export interface Measurement {
  readonly faults: readonly string[];
  /** Cases that ran and did not pass. */
  readonly red: readonly string[];
  readonly ran: readonly string[];
  /** In the order of the report: the first is what a person reads first. */
  readonly findings: readonly { readonly code: string; readonly team: string; readonly cases: readonly string[] }[];
  readonly durationMs: number;
}

export type Reply = { readonly measurement: Measurement } | { readonly error: string };
