import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { StagingError } from "../fixtures/contract/errors.ts";
import type { Manifest } from "../fixtures/evidence/manifest.ts";
import { readManifest } from "../fixtures/evidence/manifest.ts";
import type { RunRecord } from "../fixtures/evidence/run-record.ts";
import { startStandIn } from "../fixtures/stand-in/index.ts";
import { PROJECT_ROOT } from "../fixtures/target/index.ts";
import { proofKinds, reconcile } from "../fixtures/witness/proof.ts";
import { describeEndpoints } from "../fixtures/witness/reference.ts";
import { collectCases } from "./collect-cases.ts";
import { createProgram, runProgram } from "./run-program.ts";
import { runSuite, stagingVariables } from "./suite-process.ts";

/**
 * Writes tests/manifest.json: the cases as Vitest collects them, and for each the exchanges that every healthy target
 * shows. What only some generation, strictness or credential shows is no proof: a case must hold on all of them.
 */
const program = createProgram("manifest", "Writes the list of expected cases and the exchanges that prove each.")
  .option("--check", "change nothing; exit 1 where the cases and the file differ")
  .option("--nightly", "measure the nightly cases anew too (minutes); else their proofs stay as they are");
program.parse();
const { check = false, nightly = false } = program.opts<{ check?: boolean; nightly?: boolean }>();

const PATH = join(PROJECT_ROOT, "tests/manifest.json");

/** Healthy targets as different as the contract lets them be. */
const GENERATIONS: readonly Readonly<Record<string, string>>[] = [
  {},
  {
    STAND_IN_STRICTNESS: "pre_accept",
    STAND_IN_VARIANTS:
      "envelope-s3,welcome-connect,404-as-401,no-revision,tool-only-when-named,page-waits-for-login,audience-list,script-elsewhere",
  },
  {
    STAND_IN_VARIANTS:
      "envelope-s4,welcome-raw,missing-token-401,no-api-health,events-to-the-asker,root-leads-to-chat,connections-close",
    STAND_IN_INSTANCES: "2",
  },
];

async function measure(): Promise<RunRecord[]> {
  const records: RunRecord[] = [];
  for (const env of GENERATIONS) records.push(await recordOf({ env: { STAGING_TARGET: "stand-in", ...env } }));
  await using standIn = await startStandIn({});
  for (const credentials of [{ bypassKey: true }, { secret: true }]) {
    using variables = stagingVariables(standIn, credentials);
    records.push(await recordOf({ env: variables.env }));
  }
  if (nightly) {
    const args = ["--mode", "nightly", "--tags-filter", "nightly"];
    records.push(await recordOf({ args, env: { STAGING_TARGET: "stand-in" }, timeoutMs: 1_800_000 }));
  }
  return records;
}

async function recordOf(run: Parameters<typeof runSuite>[0]): Promise<RunRecord> {
  const { record, output } = await runSuite(run);
  const red = record?.cases.filter(({ state, rejections }) => {
    // The manifest is what is being written: that a proof is missing or new says nothing yet.
    return state === "failed" || rejections.some(({ code }) => code !== "PROOF_MISSING");
  });
  if (record !== undefined && red?.length === 0) return record;
  throw new StagingError("E2E_MANIFEST", {
    happened: `a healthy stand-in is not green: ${red?.map(describe).join("; ") ?? output.slice(-2000)}`,
    expected: "every case passes on every healthy generation; only then does it show what proves it",
    next: `mend these cases first: ${shownEnvironment(run.env)} npm run test:staging`,
  });
}

/** What a person repeats such a run with; a target's addresses and credentials are gone with it. */
function shownEnvironment(env: Readonly<Record<string, string>> = {}): string {
  const shown = Object.entries(env).filter(([name]) => name.startsWith("STAND_IN_") || name === "STAGING_TARGET");
  return shown.map(([name, value]) => `${name}=${value}`).join(" ");
}

function describe({ id, failures, rejections }: RunRecord["cases"][number]): string {
  const [message = "no reason"] = [
    ...failures.map((failure) => failure.message),
    ...rejections.map(({ evidence }) => evidence),
  ];
  return `${id} (${message.split("\n")[0]})`;
}

/** For each case the kinds of exchange that all its passes show. */
function commonProofs(records: readonly RunRecord[]): Map<string, readonly string[]> {
  const proofs = new Map<string, readonly string[]>();
  for (const record of records) {
    const endpoints = describeEndpoints(record.target.urls, record.calibrations, record.ledgers);
    for (const { id, state, ledger } of record.cases) {
      const evidence = ledger === null ? undefined : record.ledgers[ledger];
      if (evidence === undefined || state === "not-run") continue;
      const kinds = proofKinds(reconcile(evidence, endpoints));
      proofs.set(id, proofs.get(id)?.filter((kind) => kinds.includes(kind)) ?? kinds);
    }
  }
  return proofs;
}

await runProgram(async () => {
  const cases = await collectCases();
  const before: Manifest = readManifest(PATH);
  const proofs = check ? new Map<string, readonly string[]>() : commonProofs(await measure());
  const manifest: Manifest = {};
  for (const { id, ...entry } of cases.toSorted((a, b) => a.id.localeCompare(b.id))) {
    manifest[id] = { ...entry, proof: [...(proofs.get(id) ?? before[id]?.proof ?? [])] };
  }
  const text = await format(JSON.stringify(manifest), { parser: "json", printWidth: 120 });
  if (text === readFileSync(PATH, "utf8")) return 0;
  if (check) {
    process.stderr.write("tests/manifest.json does not list the cases as they are; run npm run manifest\n");
    return 1;
  }
  writeFileSync(PATH, text);
  const bare = Object.entries(manifest).filter(([, { proof }]) => proof.length === 0);
  process.stdout.write(
    `${Object.keys(manifest).length} cases; without proof: ${bare.map(([id]) => id).join(", ") || "none"}\n`,
  );
  return 0;
});
