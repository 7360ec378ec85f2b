import type { Manifest } from "../../fixtures/evidence/manifest.ts";
import { casesNamed, type Expectations } from "./expectations.ts";
import type { Job } from "./job.ts";

/** What a plan is made from. */
export interface PlanInput {
  readonly expectations: Expectations;
  readonly manifest: Manifest;
  /** The file of each case, as the healthy run told it. */
  readonly files: Readonly<Record<string, string>>;
  /** Only the files that hold a declared case run. */
  readonly affected: boolean;
}

/** The run that measures the system at rest: every case of the full tier. */
export const HEALTHY: Job = { faults: [], mode: "test", browser: true, files: [], titles: [] };

/**
 * The run that measures a fault. A fault that is not declared meets every case. A nightly case takes minutes: where a
 * fault is declared to turn one red, its declared cases alone are run for it.
 */
export function planFault(fault: string, { expectations, manifest, files, affected }: PlanInput): Job {
  const declared = expectations[fault];
  if (declared === undefined) return { ...HEALTHY, faults: [fault] };
  const entries = declared.red.flatMap((id) => manifest[id] ?? []);
  if (entries.some(({ tags }) => tags.includes("nightly"))) {
    return { ...HEALTHY, faults: [fault], mode: "nightly", browser: false, titles: entries.map(({ title }) => title) };
  }
  const red = casesNamed(declared.red, manifest);
  const browser = declared.red.some((name) =>
    casesNamed([name], manifest).every((id) => manifest[id]?.tags.includes("needs-browser") === true),
  );
  const hit = [...new Set(red.flatMap((id) => files[id] ?? []))];
  return { ...HEALTHY, faults: [fault], browser, files: affected ? hit : [] };
}
