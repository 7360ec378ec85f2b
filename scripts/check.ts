import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { runCheck, runChecks, type Check, type CheckResult } from "./check/run-check.ts";
import { createProgram, runProgram } from "./run-program.ts";

/** Everything that proves the suite itself, without a word to staging; the last line counts it. */
createProgram(
  "check",
  "Runs types, lint, format, unused code, generated files, workflows and the harness tests.",
).parse();

const QUICK_MS = 180_000;

/** Independent of each other. */
const QUICK: readonly Check[] = [
  { title: "types", script: "typecheck", timeoutMs: QUICK_MS },
  { title: "lint and import direction", script: "lint", timeoutMs: QUICK_MS },
  { title: "format", script: "format:check", timeoutMs: QUICK_MS },
  { title: "unused files, exports, dependencies", script: "lint:unused", timeoutMs: QUICK_MS },
  { title: "workflows", script: "lint:workflows", timeoutMs: QUICK_MS },
  { title: "docs/environment.md is fresh", script: "docs:environment", args: ["--check"], timeoutMs: QUICK_MS },
  { title: "docs/architecture.md is fresh", script: "docs:layers", args: ["--check"], timeoutMs: QUICK_MS },
  { title: "docs/requirements.md is fresh", script: "docs:requirements", args: ["--check"], timeoutMs: QUICK_MS },
  { title: "docs/faults.md is fresh", script: "docs:faults", args: ["--check"], timeoutMs: QUICK_MS },
  { title: "tests/manifest.json is fresh", script: "manifest", args: ["--check"], timeoutMs: QUICK_MS },
];

/** Every fault, against the files that hold a case it must turn red. */
const MATRIX: Check = {
  title: "each fault turns its cases red, and is named",
  script: "fault-matrix",
  args: ["--affected"],
  told: true,
  timeoutMs: 900_000,
};

/** The harness measures time: it runs when nothing else does. */
const HARNESS: Check = { title: "harness tests", script: "test:harness", live: true, timeoutMs: 1_800_000 };

const countsSchema = z.object({ numPassedTests: z.number(), numFailedTests: z.number(), numPendingTests: z.number() });
type Counts = z.infer<typeof countsSchema>;

function report({ check, ok, durationMs, result, progress }: CheckResult): void {
  const seconds = `${(durationMs / 1000).toFixed(1)} s`.padStart(8);
  process.stdout.write(`${ok ? "ok    " : "FAILED"} ${seconds}  ${check.title}\n`);
  if (ok && check.told === true) process.stdout.write(`${result.trim()}\n`);
  if (ok) return;
  const again = [`npm run ${check.script}`, ...(check.args === undefined ? [] : ["--", ...check.args])].join(" ");
  process.stdout.write(`${(result + progress).trimEnd()}\n       by itself: ${again}\n\n`);
}

async function runHarness(): Promise<{ readonly ok: boolean; readonly counts: Counts }> {
  const folder = mkdtempSync(join(tmpdir(), "staging-check-"));
  try {
    const file = join(folder, "harness.json");
    const args = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    const result = await runCheck({ ...HARNESS, args });
    report({ ...result, check: HARNESS });
    const counts = readCounts(file);
    // A file that does not load fails no test, and a runner that dies leaves no file.
    const numFailedTests = result.ok ? counts.numFailedTests : Math.max(1, counts.numFailedTests);
    return { ok: result.ok && counts.numPassedTests > 0, counts: { ...counts, numFailedTests } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readCounts(file: string): Counts {
  try {
    return countsSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0 };
  }
}

await runProgram(async () => {
  const quick = await runChecks(QUICK, Math.min(3, availableParallelism()), report);
  const [matrix] = await runChecks([MATRIX], 1, report);
  const harness = await runHarness();
  const checks = [...quick, ...(matrix === undefined ? [] : [matrix])];
  const failedChecks = checks.filter(({ ok }) => !ok).length;
  const { numPassedTests, numFailedTests, numPendingTests } = harness.counts;
  const passed = numPassedTests + checks.length - failedChecks;
  const failed = numFailedTests + failedChecks;
  const skipped = numPendingTests === 0 ? "" : `, ${numPendingTests} skipped`;
  process.stdout.write(`\n${checks.length} checks and ${numPassedTests + numFailedTests} harness tests\n`);
  process.stdout.write(`${passed} passed, ${failed} failed${skipped}\n`);
  return harness.ok && failed === 0 ? 0 : 1;
});
