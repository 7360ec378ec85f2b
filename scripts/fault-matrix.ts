import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { format } from "prettier";
import { StagingError } from "../fixtures/contract/errors.ts";
import { readManifest, type Manifest } from "../fixtures/evidence/manifest.ts";
import { FAULTS } from "../fixtures/stand-in/index.ts";
import { PROJECT_ROOT } from "../fixtures/target/index.ts";
import type { Job, Measurement } from "./fault-matrix/job.ts";
import { measureAll } from "./fault-matrix/pool.ts";
import { renderMatrix, renderScore } from "./fault-matrix/render.ts";
import { expectationsSchema, isPerfect, scoreMatrix, type Expectations } from "./fault-matrix/score.ts";
import { createProgram, runProgram } from "./run-program.ts";

/** Runs the suite against every fault of the stand-in and says whether it notices each, and names it. */
const program = createProgram(
  "fault-matrix",
  "Runs the suite against every fault; fails unless each is caught and named.",
)
  .option("--fault <name...>", "these faults only, each by itself")
  .option("--together", "the faults given, all at once")
  .option("--quick", "only the groups that each fault is declared to turn red")
  .option("--jobs <n>", "processes at once", String(availableParallelism()))
  .option("--update", "write what was found as what is expected, for review")
  .option("--out <folder>", "where the matrix is written", "runs/fault-matrix");
program.parse();
const options = program.opts<{
  fault?: string[];
  together?: boolean;
  quick?: boolean;
  jobs: string;
  update?: boolean;
  out: string;
}>();

const EXPECTATIONS = join(PROJECT_ROOT, "tests/fault-expectations.json");
const EVERYTHING = { files: [], projects: [], titles: [] };

function readExpectations(): Expectations {
  try {
    return expectationsSchema.parse(JSON.parse(readFileSync(EXPECTATIONS, "utf8")));
  } catch (cause) {
    throw new StagingError("E2E_FAULT_EXPECTATIONS", {
      happened: `tests/fault-expectations.json cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      expected: "what the suite must say of each fault",
      next: "restore it from git, or write it anew with npm run fault-matrix -- --update",
      cause,
    });
  }
}

/** A nightly case takes minutes: where a fault is declared to turn one red, that case alone is run for it. */
function plan(fault: string, expectations: Expectations, manifest: Manifest): Job {
  const red = expectations[fault]?.red ?? [];
  const entries = red.flatMap((id) => manifest[id] ?? []);
  if (entries.length > 0 && entries.every(({ tags }) => tags.includes("nightly"))) {
    return { faults: [fault], mode: "nightly", browser: false, args: { ...EVERYTHING, titles: entries.map(({ title }) => title) } };
  }
  const projects = options.quick === true ? [...new Set(entries.map(({ group }) => group))] : [];
  return { faults: [fault], mode: "test", browser: true, args: { ...EVERYTHING, projects } };
}

async function writeExpectations(measured: readonly Measurement[], before: Expectations): Promise<void> {
  const found = Object.fromEntries(
    measured.flatMap(({ faults, red, findings }) => {
      const [finding] = findings;
      return finding === undefined ? [] : [[faults.join("+"), { finding: finding.code, red: red.toSorted() }] as const];
    }),
  );
  const sorted = Object.fromEntries(Object.entries({ ...before, ...found }).toSorted(([a], [b]) => a.localeCompare(b)));
  writeFileSync(EXPECTATIONS, await format(JSON.stringify(sorted), { parser: "json", printWidth: 120 }));
}

await runProgram(async () => {
  const manifest = readManifest(join(PROJECT_ROOT, "tests/manifest.json"));
  const expectations = readExpectations();
  const names = options.fault ?? FAULTS.map(({ name }) => name);
  const healthy: Job = { faults: [], mode: "test", browser: true, args: EVERYTHING };
  const jobs =
    options.together === true
      ? [{ ...healthy, faults: names }]
      : names.map((name) => plan(name, expectations, manifest));
  const startedAt = performance.now();
  let done = 0;
  const [atRest, ...measured] = await measureAll(
    [healthy, ...jobs],
    Number(options.jobs),
    ({ faults, red, findings }) => {
      done += 1;
      const first = findings.map(({ code }) => code).join(", ") || "–";
      process.stdout.write(
        `${String(done).padStart(4)}/${jobs.length + 1}  ${(faults.join("+") || "(healthy)").padEnd(40)} ${String(red.length).padStart(3)} red  ${first}\n`,
      );
    },
  );
  if (atRest === undefined) throw new TypeError("the healthy stand-in was not measured");
  if (options.update === true) await writeExpectations(measured, expectations);

  const whole = options.fault === undefined;
  const cases = whole ? Object.keys(manifest) : [];
  const score = scoreMatrix(atRest, measured, options.update === true ? readExpectations() : expectations, cases);
  const out = resolve(PROJECT_ROOT, options.out);
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "matrix.md"), renderMatrix(score, measured, FAULTS));
  writeFileSync(join(out, "matrix.json"), JSON.stringify({ score, healthy: atRest, measured }, null, 1));
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  process.stdout.write(`\n${renderScore(score)}\n\n${jobs.length} faults in ${seconds} s; ${options.out}/matrix.md\n`);
  return isPerfect(score) ? 0 : 1;
});
