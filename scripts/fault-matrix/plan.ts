import type { Manifest } from "../../fixtures/evidence/manifest.ts";
import { requirementOf } from "../../fixtures/contract/case-id.ts";
import { FAULTS, pointsSetBy, type Fault } from "../../fixtures/stand-in/index.ts";
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

/** Faults that are broken at once. */
interface Bundle {
  readonly faults: string[];
  readonly files: Set<string>;
  /** What no other fault of the bundle may have. */
  readonly taken: Set<string>;
  browser: boolean;
}

/** The runs that show all faults in fewer runs of every case: those that break few cases, and nothing in common, at once. */
export function planTogether(faults: readonly string[], input: PlanInput): readonly Job[] {
  const jobs = faults.map((fault) => planAlone(fault, input));
  const candidates = jobs
    .filter((job) => isBundled(job, input))
    .map((job) => ({ ...job, files: filesOf(job, input), own: ownOf(job, input) }))
    // Beside each other stand those that need the same files: then a bundle needs few.
    .toSorted((a, b) => a.files.join().localeCompare(b.files.join()));
  const bundles: Bundle[] = [];
  for (const { faults: fault, browser, files, own } of candidates) {
    const missing = ({ files: held }: Bundle): number => files.filter((file) => !held.has(file)).length;
    const [best] = bundles
      .filter(({ faults: held, taken }) => held.length < LARGEST_BUNDLE && !own.some((each) => taken.has(each)))
      .toSorted((a, b) => missing(a) - missing(b));
    if (best === undefined) {
      bundles.push({ faults: [...fault], files: new Set(files), taken: new Set(own), browser });
      continue;
    }
    best.faults.push(...fault);
    best.browser ||= browser;
    for (const file of files) best.files.add(file);
    for (const each of own) best.taken.add(each);
  }
  const single = jobs.filter((job) => !isBundled(job, input));
  const isLong = (job: Job): boolean => setsPoint(job.faults, DELAYS) || filesOf(job, input).length === 0;
  // The longest first, so that none is left over when the others are done.
  return [
    ...single.filter(isLong),
    ...bundles.map((bundle) => ({ ...HEALTHY, faults: bundle.faults, browser: bundle.browser })),
    ...single.filter((job) => !isLong(job)),
  ];
}

/** The same in a fraction of the time: of each run only the files that tell its faults. */
export function planAffected(faults: readonly string[], input: PlanInput): readonly Job[] {
  return planTogether(faults, input).map((job) => {
    // Of a nightly case the healthy run knows no file; its title confines the run enough.
    const files = job.mode === "nightly" ? [] : filesOf(job, input);
    if (files.length === 0) return job;
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

function isBundled(job: Job, input: PlanInput): boolean {
  const isDetail = job.faults.every((fault) => isSpecific(redOf(fault, input)));
  return job.mode === "test" && isDetail && !setsPoint(job.faults, EVERYBODYS);
}

/** Whether a run waits far more than it works: for nightly cases, or for what a fault delays. */
export function isWaiting({ mode, faults }: Job): boolean {
  return mode === "nightly" || setsPoint(faults, DELAYS);
}

const DELAYS = /DelayMs$/;
/** Points that change what everybody meets: how long one waits, what time it is, how soon a token may be used again. */
const EVERYBODYS = /DelayMs$|^clockOffsetMs\.|^auth\.reuseWindowMs$/;

function setsPoint(names: readonly string[], points: RegExp): boolean {
  return faultsNamed(names).some((fault) => pointsSetBy(fault).some((point) => points.test(point)));
}

function faultsNamed(names: readonly string[]): readonly Fault[] {
  return FAULTS.filter(({ name }) => names.includes(name));
}

/**
 * What a fault of a bundle has for itself: requirements and a finding, so that what is red says which fault did it; and
 * points of the system, since two that set the same one would be a third fault.
 */
function ownOf({ faults }: Job, input: PlanInput): string[] {
  return faults.flatMap((fault) => [
    `finding ${input.expectations[fault]?.finding ?? ""}`,
    ...redOf(fault, input).map((id) => `requirement ${requirementOf(id)}`),
    ...faultsNamed([fault])
      .flatMap(pointsSetBy)
      .map((point) => `point ${point}`),
  ]);
}
