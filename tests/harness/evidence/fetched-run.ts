import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SuiteRunResult } from "../../../scripts/suite-process.ts";

/** What a verifier sets to take a stand-in on this machine for staging. */
export const ACCEPTS_THIS_MACHINE = { STAGING_ALLOWED_HOSTS: "localhost", STAGING_ALLOW_PRIVATE_NETWORK: "1" };

/** The files of a run in a folder of their own, as an artifact is fetched to another machine. */
export function fetchRun({ files }: SuiteRunResult): { readonly folder: string } & Disposable {
  const folder = mkdtempSync(join(tmpdir(), "fetched-run-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return {
    folder,
    [Symbol.dispose]: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs a program of the suite as a person would, with these variables and no others. */
export function startProgram(
  name: "verify" | "gate" | "merge-runs",
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): { readonly exitCode: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`scripts/${name}.ts`, ...args], {
    env: { ...env, PATH: "" },
    encoding: "utf8",
    timeout: 20_000,
  });
  return { exitCode: status, output: `${stdout}${stderr}` };
}
