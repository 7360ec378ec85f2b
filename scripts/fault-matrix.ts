import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { readManifest } from "../fixtures/evidence/manifest.ts";
import { FAULTS } from "../fixtures/stand-in/index.ts";
import { PROJECT_ROOT } from "../fixtures/target/index.ts";
import { readExpectations, updateExpectations } from "./fault-matrix/expectations.ts";
import type { Job, Measurement } from "./fault-matrix/job.ts";
import { HEALTHY, planFault, type PlanInput } from "./fault-matrix/plan.ts";
import { measureAll } from "./fault-matrix/pool.ts";
import { renderMatrix, renderScore } from "./fault-matrix/render.ts";
import { isPerfect, scoreMatrix } from "./fault-matrix/score.ts";
import { createProgram, runProgram } from "./run-program.ts";

/** Runs the suite against every fault of the stand-in and says whether it notices each, and names it. */
const program = createProgram(
  "fault-matrix",
  "Runs the suite against every fault; fails unless each is caught and named.",
)
  .option("--fault <name...>", "these faults only, each by itself")
  .option("--together", "the faults given, all at once")
  .option("--affected", "only the files that hold a case which the fault is declared to turn red")
  // Much of a run is waiting: three runs to a processor keep it busy.
  .option("--jobs <n>", "runs at once", String(3 * availableParallelism()))
  .option("--update", "write what was found as what is expected, for review")
  .option("--out <folder>", "where the matrix is written", "runs/fault-matrix");
program.parse();
const options = program.opts<{
  fault?: string[];
  together?: boolean;
  affected?: boolean;
  jobs: string;
  update?: boolean;
  out: string;
}>();

function planAll(names: readonly string[], input: PlanInput): readonly Job[] {
  if (options.together === true) return [{ ...HEALTHY, faults: names }];
  const jobs = names.map((name) => planFault(name, input));
  // The longest first, so that none is alone at the end.
  return jobs.toSorted((a, b) => Number(b.mode === "nightly") - Number(a.mode === "nightly"));
}

function tell({ faults, red, findings, durationMs }: Measurement): void {
  const codes = findings.map(({ code }) => code).join(", ") || "–";
  const seconds = (durationMs / 1000).toFixed(1).padStart(5);
  const name = faults.join("+") || "(healthy)";
  process.stdout.write(`${seconds} s  ${name.padEnd(44)} ${String(red.length).padStart(3)} red  ${codes}\n`);
}

async function measureHealthy(): Promise<Measurement> {
  const { measured, failed } = await measureAll([HEALTHY], 1, tell);
  const [healthy] = measured;
  if (healthy === undefined) throw new TypeError(`the healthy stand-in was not measured: ${failed[0]?.error ?? ""}`);
  return healthy;
}

await runProgram(async () => {
  const startedAt = performance.now();
  const manifest = readManifest(join(PROJECT_ROOT, "tests/manifest.json"));
  const healthy = await measureHealthy();
  const names = options.fault ?? FAULTS.map(({ name }) => name);
  const affected = options.affected === true;
  const jobs = planAll(names, { expectations: readExpectations(), manifest, files: healthy.ran, affected });
  const { measured, failed } = await measureAll(jobs, Number(options.jobs), tell);
  if (options.update === true) updateExpectations(measured, manifest);

  const whole = options.fault === undefined;
  const score = scoreMatrix(
    { healthy, measured, failed },
    readExpectations(),
    manifest,
    whole ? Object.keys(manifest) : [],
  );
  const out = resolve(PROJECT_ROOT, options.out);
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "matrix.md"), renderMatrix(score, measured, FAULTS));
  writeFileSync(join(out, "matrix.json"), JSON.stringify({ score, healthy, measured }, null, 1));
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  for (const { faults, error } of failed) process.stderr.write(`${faults.join("+")} could not be measured: ${error}\n`);
  process.stdout.write(`\n${renderScore(score)}\n\n${jobs.length} runs in ${seconds} s; ${options.out}/matrix.md\n`);
  return isPerfect(score) ? 0 : 1;
});
