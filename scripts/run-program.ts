import { StagingError } from "../fixtures/contract/errors.ts";

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
