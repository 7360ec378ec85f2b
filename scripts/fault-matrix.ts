import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { Option } from "commander";
import { readManifest } from "../fixtures/evidence/manifest.ts";
import { FAULTS } from "../fixtures/stand-in/index.ts";
import { PROJECT_ROOT } from "../fixtures/target/index.ts";
import { casesNamed, readExpectations, updateExpectations } from "./fault-matrix/expectations.ts";
import type { Job, Measurement } from "./fault-matrix/job.ts";
import { HEALTHY, isWaiting, planAffected, planAlone, planTogether, type PlanInput } from "./fault-matrix/plan.ts";
import { MeasuringProcesses, type Measured } from "./fault-matrix/pool.ts";
import { renderMatrix, renderScore, type Looks } from "./fault-matrix/render.ts";
import { isPerfect, scoreMatrix } from "./fault-matrix/score.ts";
import { shareOut } from "./fault-matrix/share.ts";
import { createProgram, runProgram } from "./run-program.ts";

/** Runs the suite against every fault of the stand-in and says whether it notices each, and names it. */
const program = createProgram(
  "fault-matrix",
  "Runs the suite against every fault; fails unless each is caught and named.",
)
  .option("--fault <name...>", "these faults only, each by itself")
  .option("--together", "the faults given, all at once")
  .option("--alone", "every fault by itself, not several that break little at once")
  .addOption(
    new Option("--affected", "of each run only the files that tell its faults").conflicts([
      "alone",
      "update",
      "together",
    ]),
  )
  // Most of a run is waiting: four runs to a processor keep it busy.
  .option("--jobs <n>", "runs at once", String(4 * availableParallelism()))
  .option("--update", "write what was found as what is expected, for review")
  .option("--out <folder>", "where the matrix is written", "runs/fault-matrix");
program.parse();
const options = program.opts<{
  fault?: string[];
  together?: boolean;
  alone?: boolean;
  affected?: boolean;
  jobs: string;
  update?: boolean;
  out: string;
}>();

const MANIFEST = readManifest(join(PROJECT_ROOT, "tests/manifest.json"));

function tell({ faults, red, findings, durationMs }: Measurement): void {
  const codes = findings.map(({ code }) => code).join(", ") || "–";
  const seconds = (durationMs / 1000).toFixed(1).padStart(5);
  const [first = "(healthy)", ...others] = faults;
  const name = others.length === 0 ? first : `${first} and ${others.length} more`;
  process.stderr.write(`${seconds} s  ${name.padEnd(44)} ${String(red.length).padStart(3)} red  ${codes}\n`);
}

async function measureHealthy(processes: MeasuringProcesses): Promise<Measurement> {
  const { measured, failed } = await processes.measureAll([HEALTHY], 1, tell);
  const [healthy] = measured;
  if (healthy === undefined) throw new TypeError(`the healthy stand-in was not measured: ${failed[0]?.error ?? ""}`);
  return healthy;
}

function plan(names: readonly string[], input: PlanInput): readonly Job[] {
  const { fault, alone = false, affected = false, update = false } = options;
  if (affected) return planAffected(names, input);
  if (!alone && !update && fault === undefined) return planTogether(names, input);
  return names.map((name) => ({ ...planAlone(name, input), searches: update }));
}

/** Runs that wait for minutes and do nothing meanwhile go on beside the others. */
const WAITING_AT_ONCE = 4;

/** Faults that are not shown as declared are measured again: as before but fewer at once, then each by itself. */
const AGAIN_AT_ONCE = [availableParallelism(), 1];

/** Measures every fault; of one that is measured again, the last measurement counts. */
async function measureFaults(
  names: readonly string[],
  healthy: Measurement,
  processes: MeasuringProcesses,
): Promise<Measured & { looks: Looks }> {
  const looks = new Map<string, number>();
  const expectations = readExpectations();
  const input = { expectations, manifest: MANIFEST, files: healthy.ran };
  const jobs = plan(names, input);
  const atOnce = Number(options.jobs);
  const [waited, worked] = await Promise.all([
    processes.measureAll(jobs.filter(isWaiting), Math.min(WAITING_AT_ONCE, atOnce), tell),
    processes.measureAll(
      jobs.filter((job) => !isWaiting(job)),
      atOnce,
      tell,
    ),
  ]);
  let measured = [...waited.measured, ...worked.measured].flatMap((measurement) =>
    shareOut(measurement, expectations, MANIFEST),
  );
  let failed = [...waited.failed, ...worked.failed];
  if (options.update === true) return { measured, failed, looks };
  for (const [index, fewer] of AGAIN_AT_ONCE.entries()) {
    const settled = measured.filter((measurement) =>
      isPerfect(scoreMatrix({ healthy, measured: [measurement], failed: [] }, expectations, MANIFEST, [])),
    );
    const doubtful = names.filter((name) => !settled.some(({ faults }) => faults.includes(name)));
    if (doubtful.length === 0) break;
    const unsettled = measured.filter((measurement) => !settled.includes(measurement));
    const seen = scoreMatrix({ healthy, measured: unsettled, failed }, expectations, MANIFEST, []);
    process.stderr.write(`\n${renderScore(seen, new Map())}\n\nAgain, since this is not as declared:\n`);
    const again = await processes.measureAll(
      fewer === 1 ? doubtful.map((name) => planAlone(name, input)) : plan(doubtful, input),
      fewer,
      tell,
    );
    measured = [...settled, ...again.measured.flatMap((each) => shareOut(each, expectations, MANIFEST))];
    failed = [...again.failed];
    for (const name of doubtful) looks.set(name, index + 2);
  }
  const inOrder = names.flatMap((name) => measured.filter(({ faults }) => faults.includes(name)));
  return { measured: inOrder, failed, looks };
}

/** What only a browser shows, where this machine has none: nothing can be said of it here. */
function withoutBrowser(healthy: Measurement): { readonly cases: string[]; readonly faults: string[] } {
  const cases = Object.entries(MANIFEST).flatMap(([id, { tags }]) =>
    tags.includes("needs-browser") && !(id in healthy.ran) ? id : [],
  );
  const faults = Object.entries(readExpectations()).flatMap(([name, { red }]) => {
    const ids = casesNamed(red, MANIFEST);
    return ids.length > 0 && ids.every((id) => cases.includes(id)) ? name : [];
  });
  return { cases, faults };
}

function told(faults: readonly string[]): string {
  return faults.length === 0 ? "" : `\n- not measured, since there is no browser here: ${faults.join(", ")}`;
}

await runProgram(async () => {
  const startedAt = performance.now();
  using processes = new MeasuringProcesses();
  const healthy = await measureHealthy(processes);
  const unseen = withoutBrowser(healthy);
  const asked = options.fault ?? FAULTS.map(({ name }) => name);
  const names = asked.filter((name) => !unseen.faults.includes(name));
  const together = options.together === true;
  const { measured, failed, looks } = together
    ? { ...(await processes.measureAll([{ ...HEALTHY, faults: names }], 1, tell)), looks: new Map<string, number>() }
    : await measureFaults(names, healthy, processes);
  if (options.update === true) updateExpectations(measured, MANIFEST);

  const cases = options.fault === undefined ? Object.keys(MANIFEST).filter((id) => !unseen.cases.includes(id)) : [];
  const score = scoreMatrix({ healthy, measured, failed }, readExpectations(), MANIFEST, cases);
  const out = resolve(PROJECT_ROOT, options.out);
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "matrix.md"), renderMatrix(score, looks, measured, FAULTS));
  writeFileSync(
    join(out, "matrix.json"),
    JSON.stringify({ score, looks: Object.fromEntries(looks), healthy, measured }, null, 1),
  );
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  for (const { faults, error } of failed) process.stderr.write(`${faults.join("+")} could not be measured: ${error}\n`);
  process.stdout.write(
    `\n${renderScore(score, looks)}${told(asked.filter((name) => !names.includes(name)))}\n\n${names.length} faults in ${seconds} s; ${options.out}/matrix.md\n`,
  );
  return isPerfect(score) ? 0 : 1;
});
