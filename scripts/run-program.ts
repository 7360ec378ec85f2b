import { Command } from "commander";
import { StagingError } from "../fixtures/contract/errors.ts";

/** A command line whose misuse exits 2, as every error of a program does; `--help` exits 0. */
export function createProgram(name: string, description: string): Command {
  return new Command(name).description(description).exitOverride(({ exitCode }) => {
    process.exit(exitCode === 0 ? 0 : 2);
  });
}

/**
 * Runs a program's body and exits with the code it returns; an error is one clear message and exit code 2, never a
 * stack trace.
 */
export async function runProgram(body: () => number | Promise<number>): Promise<void> {
  process.exitCode = 2;
  try {
    process.exitCode = await body();
  } catch (error) {
    const text = error instanceof StagingError ? error.message : `${String(error)}\n  next: report this [E2E_PROGRAM]`;
    process.stderr.write(`${text}\n`);
  }
}
