import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runRecordSchema } from "../../../fixtures/evidence/run-record.ts";
import { startStandIn } from "../../../fixtures/stand-in/index.ts";
import { runSuite, stagingVariables } from "../../../scripts/suite-process.ts";
import { ACCEPTS_THIS_MACHINE, fetchRun, startProgram } from "./fetched-run.ts";
import { KEYS } from "./run-folder-factory.ts";

const SUITE = "tests/harness/evidence/suites/sharded";
const MANIFEST = ["--manifest", `${SUITE}/manifest.json`];

test("two real shards are one run; one of them, or an edited one, is none", { timeout: 60_000 }, async () => {
  await using standIn = await startStandIn({});
  using variables = stagingVariables(standIn);
  const env = { ...variables.env, STAGING_EVIDENCE_KEY: KEYS.privateKey };
  const args = ["--config", `${SUITE}/vitest.config.ts`];
  const shards = await Promise.all(["1/2", "2/2"].map((shard) => runSuite({ args: [...args, "--shard", shard], env })));
  for (const { exitCode, output } of shards) expect(exitCode, output).toBe(0);
  const [first, second] = shards;
  if (first === undefined || second === undefined) throw new TypeError("two shards ran");
  using one = fetchRun(first);
  using two = fetchRun(second);
  const runs = mkdtempSync(join(tmpdir(), "merged-runs-"));
  const merging = { ...ACCEPTS_THIS_MACHINE, STAGING_EVIDENCE_KEY: KEYS.privateKey, STAGING_RUNS_FOLDER: runs };
  const trusted = { ...ACCEPTS_THIS_MACHINE, STAGING_EVIDENCE_PUBLIC_KEY: KEYS.publicKey };
  try {
    expect(startProgram("merge-runs", [two.folder, one.folder, ...MANIFEST], merging)).toEqual({
      exitCode: 0,
      output: expect.stringMatching(/WORKS \(exit 0\) .*full tier, whole, merged from 2 shards/s),
    });
    const folder = join(runs, readdirSync(runs)[0] ?? "");
    expect(startProgram("verify", [folder, ...MANIFEST, "--revision", standIn.revision], trusted)).toEqual({
      exitCode: 0,
      output: expect.stringMatching(/2 shards, each a chain of its own[^]*\nVERIFIED\n$/),
    });
    const ownAuthority = { STAGING_CA_FILE: variables.env["STAGING_CA_FILE"] ?? "" };
    expect(startProgram("gate", [folder, ...MANIFEST, "--max-age", "5m"], { ...trusted, ...ownAuthority })).toEqual({
      exitCode: 0,
      output: "accepted\n",
    });
    const record = runRecordSchema.parse(JSON.parse(readFileSync(join(folder, "run.json"), "utf8")));
    expect(record.filters).toEqual([]);
    expect(record.cases.map(({ id, state }) => [id, state])).toHaveLength(2);
    expect(record.cases.map(({ id, ledger }) => record.ledgers[ledger ?? -1]?.caseId === id)).toEqual([true, true]);
    expect(record.evidence.shards?.map(({ runId }) => runId)).toEqual([first.record?.runId, second.record?.runId]);

    // A part of the run alone is still refused, merged or not.
    expect(startProgram("gate", [one.folder, ...MANIFEST], trusted).output).toContain("PARTIAL");
    expect(startProgram("merge-runs", [one.folder, ...MANIFEST], merging)).toEqual({
      exitCode: 2,
      output: expect.stringMatching(/^shard 2\/2 is missing\n.*\[E2E_SHARDS\]\n$/s),
    });
    const path = join(two.folder, "ledger.jsonl");
    writeFileSync(path, readFileSync(path, "utf8").replace('"status":200', '"status":201'));
    expect(startProgram("merge-runs", [one.folder, two.folder, ...MANIFEST], merging)).toEqual({
      exitCode: 2,
      output: expect.stringMatching(/ is not verified: chain: .*\[E2E_SHARD_NOT_VERIFIED\]\n$/s),
    });
    expect(readdirSync(runs)).toHaveLength(1);
  } finally {
    rmSync(runs, { recursive: true, force: true });
  }
});
