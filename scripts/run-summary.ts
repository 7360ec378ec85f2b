import { appendFileSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { StagingError } from "../fixtures/contract/errors.ts";
import { RUN_FILES } from "../fixtures/evidence/run-folder.ts";
import { runRecordSchema, type RunRecord } from "../fixtures/evidence/run-record.ts";
import { renderHeadline } from "../fixtures/evidence/views/headline.ts";
import { renderMarkdown } from "../fixtures/evidence/views/markdown.ts";
import { PROJECT_ROOT } from "../fixtures/target/index.ts";
import { createProgram, runProgram } from "./run-program.ts";

const program = createProgram("run-summary", "Prints the newest run's record as Markdown, for a job summary.")
  .option("--runs <folder>", "where the runs lie", "runs")
  .option("--outputs <file>", "append verdict, exit-code and headline to this file, as a CI step's outputs")
  .parse();
const { runs, outputs } = z.strictObject({ runs: z.string(), outputs: z.string().optional() }).parse(program.opts());

/** The newest run, by when its folder was made. */
function newestRun(folder: string): RunRecord {
  const names = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
  const [newest] = names.toSorted(
    (a, b) => statSync(join(folder, b)).birthtimeMs - statSync(join(folder, a)).birthtimeMs,
  );
  if (newest === undefined) throw new Error("no run");
  return runRecordSchema.parse(JSON.parse(readFileSync(join(folder, newest, RUN_FILES.record), "utf8")));
}

await runProgram(() => {
  const folder = resolve(PROJECT_ROOT, runs);
  let run: RunRecord;
  try {
    run = newestRun(folder);
  } catch (cause) {
    process.stdout.write("## no record\n\nThe run left none: see the log for why it did not start.\n");
    throw new StagingError("E2E_NO_RECORD", {
      happened: `${folder} holds no record that can be read`,
      expected: `a folder per run with a ${RUN_FILES.record}`,
      next: "see the output of the run itself",
      cause,
    });
  }
  process.stdout.write(renderMarkdown(run));
  const { word, exitCode } = run.verdict;
  const lines = [`verdict=${word}`, `exit-code=${exitCode}`, `headline=${renderHeadline(run)}`];
  if (outputs !== undefined) appendFileSync(outputs, `${lines.join("\n")}\n`);
  return 0;
});
