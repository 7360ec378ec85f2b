import type { ChildProcess } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { runSuite } from "../../../scripts/suite-process.ts";

/** Sends a signal once the run has begun its cases: its first line of progress is out. */
function signalOnProgress(signal: NodeJS.Signals, descendants: number[]): (child: ChildProcess) => void {
  return (child) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      if (!/ s {2}tests\//.test(chunk.toString()) || child.killed) return;
      descendants.push(...childrenOf(child.pid ?? -1));
      child.kill(signal);
    });
  };
}

/** Processes whose parent is `pid`, by the kernel's own account. */
function childrenOf(pid: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && existsSync(`/proc/${name}/stat`))
    .filter((name) => parentOf(Number(name)) === pid)
    .map(Number);
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1]);
  } catch {
    // It ended between the listing and the reading.
    return undefined;
  }
}

async function stillAlive(pids: readonly number[]): Promise<readonly number[]> {
  const alive = (): number[] => pids.filter((pid) => existsSync(`/proc/${pid}/stat`) && !isZombie(pid));
  for (let tries = 0; tries < 50 && alive().length > 0; tries += 1) await sleep(100);
  return alive();
}

function isZombie(pid: number): boolean {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    // Gone meanwhile.
    return true;
  }
}

describe.runIf(process.platform === "linux")("a run that is ended early", { timeout: 60_000 }, () => {
  test.for(["SIGINT", "SIGTERM"] as const)("by %s leaves a record marked interrupted, and no process", async (signal) => {
    const descendants: number[] = [];

    const { exitCode, record } = await runSuite({
      env: { STAGING_TARGET: "stand-in" },
      onStart: signalOnProgress(signal, descendants),
    });

    expect(exitCode).toBe(2);
    expect(record).toMatchObject({ complete: false, interrupted: true, verdict: { word: "incomplete" } });
    expect(descendants.length).toBeGreaterThanOrEqual(2);
    expect(await stillAlive(descendants)).toEqual([]);
  });

  test("by SIGKILL leaves a record marked incomplete, and no process", async () => {
    const descendants: number[] = [];

    const { signal, record } = await runSuite({
      env: { STAGING_TARGET: "stand-in" },
      onStart: signalOnProgress("SIGKILL", descendants),
    });

    expect(signal).toBe("SIGKILL");
    expect(record).toMatchObject({ complete: false, verdict: { exitCode: 2, word: "incomplete" } });
    expect(descendants.length).toBeGreaterThanOrEqual(2);
    expect(await stillAlive(descendants)).toEqual([]);
  });

  test("by its time limit leaves a record that says so", async () => {
    const { exitCode, record } = await runSuite({ env: { STAGING_TARGET: "stand-in", STAGING_RUN_TIMEOUT_MS: "1800" } });

    expect(exitCode).toBe(2);
    expect(record?.verdict.reasons.join()).toMatch(/STAGING_RUN_TIMEOUT_MS/);
  });
});
