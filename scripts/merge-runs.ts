import { join, resolve } from "node:path";
import { createSigner } from "../fixtures/evidence/envelope.ts";
import { mergeRuns } from "../fixtures/evidence/merge-runs.ts";
import { renderConsole } from "../fixtures/evidence/views/console.ts";
import { PROJECT_ROOT, takeEnvironment } from "../fixtures/target/index.ts";
import { keySecrets, Redactor } from "../fixtures/target/redaction.ts";
import { readTrust } from "./read-trust.ts";
import { createProgram, runProgram } from "./run-program.ts";

const program = createProgram(
  "merge-runs",
  "Joins the shards of one run (vitest run --shard 1/2) into one record, and exits with its verdict.",
)
  .argument("<folders...>", "the folders of all shards, such as runs/2026-11-21T08-10-33-0c1feca5")
  .option("--manifest <file>", "the trusted list of expected cases", join(PROJECT_ROOT, "tests/manifest.json"));
program.parse();
const { manifest } = program.opts<{ manifest: string }>();

await runProgram(() => {
  const { STAGING_EVIDENCE_KEY: key, STAGING_RUNS_FOLDER } = takeEnvironment();
  const { folder, record } = mergeRuns(program.args, {
    runsFolder: resolve(PROJECT_ROOT, STAGING_RUNS_FOLDER),
    trust: readTrust({ manifest }),
    signer: key === undefined ? null : createSigner(key),
    redactor: new Redactor(key === undefined ? [] : keySecrets("the evidence key", key)),
  });
  process.stdout.write(renderConsole(record, { color: false, width: 120, folder }));
  return record.verdict.exitCode;
});
