import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { PROJECT_ROOT } from "../fixtures/target/index.ts";
import { createProgram, runProgram } from "./run-program.ts";

/** A file that a program writes; the path is relative to the project. */
export interface GeneratedFile {
  readonly path: string;
  readonly render: () => string | Promise<string>;
}

function isFresh(path: string, text: string): boolean {
  try {
    return readFileSync(join(PROJECT_ROOT, path), "utf8") === text;
  } catch {
    // A file that is not there is as stale as one can be.
    return false;
  }
}

/** A program that writes generated files, or with `--check` exits 1 where one is stale and says how to renew it. */
export async function writeGenerated(script: string, files: readonly GeneratedFile[]): Promise<void> {
  const names = files.map(({ path }) => path).join(", ");
  const program = createProgram(script, `Writes ${names}.`)
    .option("--check", "write nothing; exit 1 when a file is stale")
    .parse();
  const { check } = z.strictObject({ check: z.literal(true).optional() }).parse(program.opts());
  await runProgram(async () => {
    const rendered = await Promise.all(files.map(async ({ path, render }) => ({ path, text: await render() })));
    const stale = rendered.filter(({ path, text }) => !isFresh(path, text));
    for (const { path, text } of stale) {
      if (check === undefined) writeFileSync(join(PROJECT_ROOT, path), text);
      else process.stderr.write(`${path} is stale: run npm run ${script}\n`);
    }
    return check === undefined || stale.length === 0 ? 0 : 1;
  });
}
