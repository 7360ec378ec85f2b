import type { Manifest } from "../../fixtures/evidence/manifest.ts";
import { requirementOf } from "../../fixtures/contract/case-id.ts";
import { FAULTS, pointsSetBy } from "../../fixtures/stand-in/index.ts";
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

/** More faults at once would hide each other's findings. */
const LARGEST_BUNDLE = 8;

/** The runs that show all faults in fewer runs of every case: those that break few cases, and nothing in common, at once. */
export function planTogether(faults: readonly string[], input: PlanInput): readonly Job[] {
  const jobs = faults.map((fault) => planAlone(fault, input));
  // Beside each other stand those that need the same files: then a bundle needs few.
  const bundled = jobs
    .filter((job) => isBundled(job, input))
    .map((job) => ({ job, files: filesOf(job, input) }))
    .toSorted((a, b) => a.files.join().localeCompare(b.files.join()));
  const bundles: Bundle[] = [];
  for (const { job, files } of bundled) {
    const missing = ({ files: held }: Bundle): number => files.filter((file) => !held.has(file)).length;
    const [best] = bundles.filter((bundle) => fits(job, bundle.job, input)).toSorted((a, b) => missing(a) - missing(b));
    if (best === undefined) {
      bundles.push({ job, files: new Set(files) });
      continue;
    }
    best.job = { ...best.job, faults: [...best.job.faults, ...job.faults], browser: best.job.browser || job.browser };
    for (const file of files) best.files.add(file);
  }
  return [...bundles.map(({ job }) => job), ...jobs.filter((job) => !isBundled(job, input))];
}

interface Bundle {
  job: Job;
  readonly files: Set<string>;
}

/** The same in a fraction of the time: of each run only the files that tell its faults. */
export function planAffected(faults: readonly string[], input: PlanInput): readonly Job[] {
  return planTogether(faults, input).map((job) => {
    const files = filesOf(job, input);
    if (job.mode === "nightly" || files.length === 0) return { ...job, files };
    const needsBrowser = Object.entries(input.files).some(
      ([id, file]) => files.includes(file) && input.manifest[id]?.tags.includes("needs-browser") === true,
    );
    return { ...job, files, browser: job.browser && needsBrowser };
  });
}

function redOf(fault: string, { expectations, manifest }: PlanInput): string[] {
  return casesNamed(expectations[fault]?.red ?? [], manifest);
}

/** The files that tell these faults, and hold every red case of a specific one; none where only a whole run does. */
function filesOf({ faults }: Job, input: PlanInput): string[] {
  const each = faults.map((fault) => {
    const red = redOf(fault, input);
    const own = isSpecific(red) ? red.flatMap((id) => input.files[id] ?? []) : [];
    return [...own, ...(input.expectations[fault]?.toldBy ?? [])];
  });
  return each.some((files) => files.length === 0) ? [] : [...new Set(each.flat())].toSorted();
}

function isBundled({ mode, faults }: Job, input: PlanInput): boolean {
  return mode === "test" && faults.every((fault) => isSpecific(redOf(fault, input)));
}

/**
 * Each fault of a bundle keeps requirements, and a finding, of its own: what is red says which fault did it. Two that
 * set one point of the system would be a third fault.
 */
function fits({ faults: [fault = ""] }: Job, bundle: Job, input: PlanInput): boolean {
  const { expectations } = input;
  const requirements = (name: string): string[] => redOf(name, input).map(requirementOf);
  const points = (name: string): string[] => FAULTS.filter((each) => each.name === name).flatMap(pointsSetBy);
  return (
    bundle.faults.length < LARGEST_BUNDLE &&
    bundle.faults.every(
      (other) =>
        expectations[other]?.finding !== expectations[fault]?.finding &&
        areApart(requirements(other), requirements(fault)) &&
        areApart(points(other), points(fault)),
    )
  );
}

function areApart(some: readonly string[], others: readonly string[]): boolean {
  return some.every((each) => !others.includes(each));
}
