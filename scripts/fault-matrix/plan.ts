import { dirname } from "node:path";
import type { Manifest } from "../../fixtures/evidence/manifest.ts";
import { casesNamed, isSpecific, type Expectations } from "./expectations.ts";
import type { Job } from "./job.ts";

/** What a plan is made from. */
export interface PlanInput {
  readonly expectations: Expectations;
  readonly manifest: Manifest;
  /** The file of each case, as the healthy run told it. */
  readonly files: Readonly<Record<string, string>>;
}

/** The run that measures the system at rest: every case of the full tier. */
export const HEALTHY: Job = { faults: [], mode: "test", browser: true, files: [], titles: [] };

/**
 * The run that measures a fault by itself. A fault that is not declared meets every case. A nightly case takes minutes:
 * where a fault is declared to turn one red, its declared cases alone are run for it.
 */
export function planAlone(fault: string, { expectations, manifest }: PlanInput): Job {
  const declared = expectations[fault];
  if (declared === undefined) return { ...HEALTHY, faults: [fault] };
  const entries = declared.red.flatMap((id) => manifest[id] ?? []);
  if (entries.some(({ tags }) => tags.includes("nightly"))) {
    return { ...HEALTHY, faults: [fault], mode: "nightly", browser: false, titles: entries.map(({ title }) => title) };
  }
  const browser = declared.red.some((name) =>
    casesNamed([name], manifest).every((id) => manifest[id]?.tags.includes("needs-browser") === true),
  );
  return { ...HEALTHY, faults: [fault], browser };
}

/** The second run for a fault of `planAffected`: by itself, with every case where it breaks many, since causes show across cases. */
export function planAffectedAgain(fault: string, input: PlanInput): Job {
  const job = planAlone(fault, input);
  return isSpecific(redOf(fault, input)) ? withAffectedFiles(job, input) : job;
}

/** More faults at once would hide each other's findings. */
const LARGEST_BUNDLE = 8;

/**
 * The runs that show all faults in a fraction of the time: only files that hold a declared case are run. Faults that
 * break few cases, and none in common, are bundled; one that breaks many is shown by one file of each group.
 */
export function planAffected(faults: readonly string[], input: PlanInput): readonly Job[] {
  const bundles: Job[] = [];
  const alone: Job[] = [];
  for (const fault of faults) {
    const job = withAffectedFiles(planAlone(fault, input), input);
    if (job.mode === "nightly" || job.browser || !isSpecific(redOf(fault, input))) {
      alone.push(job);
      continue;
    }
    const index = bundles.findIndex((bundle) => fits(fault, bundle, input));
    const bundle = bundles[index];
    if (bundle === undefined) bundles.push(job);
    else bundles[index] = join(bundle, job);
  }
  return [...bundles, ...alone];
}

function redOf(fault: string, { expectations, manifest }: PlanInput): string[] {
  return casesNamed(expectations[fault]?.red ?? [], manifest);
}

/** Confines a run to files that hold a declared case; many cases are shown by one file of each group. */
function withAffectedFiles(job: Job, input: PlanInput): Job {
  const red = job.faults.flatMap((fault) => redOf(fault, input));
  const files = [...new Set(red.flatMap((id) => input.files[id] ?? []))];
  if (isSpecific(red)) return { ...job, files };
  const partOf = (file: string): number => {
    const held = Object.keys(input.files).filter((id) => input.files[id] === file);
    return held.filter((id) => red.includes(id)).length / held.length;
  };
  const groups = Map.groupBy(files, (file) => dirname(file)).values();
  return { ...job, files: [...groups].flatMap((group) => group.toSorted((a, b) => partOf(b) - partOf(a)).slice(0, 1)) };
}

/** Each fault of a bundle keeps cases, and a finding, of its own: what is red says which fault did it. */
function fits(fault: string, { faults }: Job, input: PlanInput): boolean {
  const red = redOf(fault, input);
  const { expectations } = input;
  return (
    faults.length < LARGEST_BUNDLE &&
    faults.every((other) => expectations[other]?.finding !== expectations[fault]?.finding) &&
    faults.every((other) => redOf(other, input).every((id) => !red.includes(id)))
  );
}

function join(bundle: Job, { faults, files }: Job): Job {
  return { ...bundle, faults: [...bundle.faults, ...faults], files: [...new Set([...bundle.files, ...files])] };
}
