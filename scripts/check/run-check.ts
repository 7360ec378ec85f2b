import { spawn } from "node:child_process";
import { PROJECT_ROOT } from "../../fixtures/target/index.ts";

/** One thing that must hold: a script of package.json that exits 0. */
export interface Check {
  readonly title: string;
  /** Its name in package.json, so that it can be run by itself as well. */
  readonly script: string;
  readonly args?: readonly string[];
  /** Show its output while it runs, not only when it fails. */
  readonly live?: boolean;
  /** Show its result also where it holds. */
  readonly told?: boolean;
  readonly timeoutMs: number;
}

/** How a check went. */
export interface CheckResult {
  readonly check: Check;
  readonly ok: boolean;
  readonly durationMs: number;
  /** What it wrote to standard output; empty for a live one. */
  readonly result: string;
  /** What it wrote to standard error; empty for a live one. */
  readonly progress: string;
}

/** Runs a check with the Node that runs this; one that takes longer than its time is ended and counts as failed. */
export async function runCheck(check: Check): Promise<CheckResult> {
  const startedAt = performance.now();
  const args = check.args === undefined ? [] : ["--", ...check.args];
  const child = spawn(process.execPath, ["--run", check.script, ...args], {
    cwd: PROJECT_ROOT,
    stdio: check.live === true ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
  });
  const result: Buffer[] = [];
  const progress: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => result.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => progress.push(chunk));
  const timer = setTimeout(() => {
    result.push(Buffer.from(`\nended after ${check.timeoutMs / 1000} s\n`));
    child.kill();
  }, check.timeoutMs);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  clearTimeout(timer);
  const durationMs = performance.now() - startedAt;
  const written = { result: Buffer.concat(result).toString(), progress: Buffer.concat(progress).toString() };
  return { check, ok: exitCode === 0, durationMs, ...written };
}

/** Runs checks, a few at a time, and hands over each result as it comes. */
export async function runChecks(
  checks: readonly Check[],
  atOnce: number,
  onResult: (result: CheckResult) => void,
): Promise<readonly CheckResult[]> {
  const waiting = [...checks];
  const results: CheckResult[] = [];
  const work = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const result = await runCheck(check);
      onResult(result);
      results.push(result);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}
