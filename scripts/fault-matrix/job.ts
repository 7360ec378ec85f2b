import { z } from "zod";

/** One run of the suite against the stand-in with some faults. */
export interface Job {
  readonly faults: readonly string[];
  /** The tier, as Vitest's mode. */
  readonly mode: "test" | "nightly";
  /** Whether the cases that need a browser run: it is a third of a run's cost. */
  readonly browser: boolean;
  /** Which files and cases run; all of the tier where both are empty. */
  readonly files: readonly string[];
  readonly titles: readonly string[];
  /** Whether to search for the files that tell the fault by themselves. */
  readonly searches?: boolean;
}

const measurementSchema = z.object({
  faults: z.array(z.string()).readonly(),
  /** Cases that ran and did not pass. */
  red: z.array(z.string()),
  /** The file of each case that ran. */
  ran: z.record(z.string(), z.string()),
  /** In the order of the report: the first is what a person reads first. */
  findings: z.array(z.object({ code: z.string(), team: z.string(), happened: z.string(), cases: z.array(z.string()) })),
  durationMs: z.number(),
  /** The fewest files that tell the fault by themselves; null where a search found none. */
  toldBy: z.array(z.string()).nullish(),
});
/** What a run against some faults showed. */
export type Measurement = Readonly<z.infer<typeof measurementSchema>>;

/** What a process of the matrix answers a job with. */
export const replySchema = z.union([z.object({ measurement: measurementSchema }), z.object({ error: z.string() })]);
export type Reply = z.infer<typeof replySchema>;
