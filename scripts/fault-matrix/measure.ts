import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startVitest } from "vitest/node";
import { defineSuite, STAGING_CASES } from "../../fixtures/suite-config.ts";
import { readManifest } from "../../fixtures/evidence/manifest.ts";
import { runRecordSchema, type RunRecord } from "../../fixtures/evidence/run-record.ts";
import { spawnStandInProcesses, type StandInOptions } from "../../fixtures/stand-in/index.ts";
import { PROJECT_ROOT } from "../../fixtures/target/index.ts";
import { planRun } from "../../fixtures/target/plan.ts";
import type { Job, Measurement, Reply } from "./job.ts";
import { lastingPool } from "./lasting-pool.ts";
import { tellingFiles } from "./telling-files.ts";

/**
 * A process of the fault matrix: takes one job after another from its parent, runs the suite against a stand-in with
 * those faults, and sends back what turned red. Most of a short run is its start: so this process, its worker thread and
 * those of the stand-in last for many runs.
 */

/** Distance teaches nothing about a fault, and costs its time; files of a run that share a worker come one after the other. */
const NEAR = {
  STAGING_TARGET: "stand-in",
  STAND_IN_RTT_MS: "0",
  STAND_IN_AGENT_GAP_MS: "50",
  STAGING_RED_RUN_MS: "45000",
};

const processes = spawnStandInProcesses();
const pool = lastingPool();

async function measure({ faults, mode, browser, files, titles, searches = false }: Job): Promise<Measurement> {
  const startedAt = performance.now();
  const runsFolder = mkdtempSync(join(tmpdir(), "fault-matrix-"));
  // oxlint-disable-next-line staging-suite/environment-access -- set for the suite that is started next
  Object.assign(process.env, NEAR, { STAND_IN_FAULTS: faults.join(","), STAGING_RUNS_FOLDER: runsFolder });
  // oxlint-disable-next-line staging-suite/environment-access -- as above
  if (browser) delete process.env["STAGING_CHROMIUM"];
  // oxlint-disable-next-line staging-suite/environment-access -- as above
  else process.env["STAGING_CHROMIUM"] = "none";
  try {
    await using standIn = await processes.start(settingsOf(mode));
    const { urls, ca, bypassKey, jwtSecret, revision } = standIn;
    const options = { config: false as const, root: PROJECT_ROOT, watch: false, run: true, reporters: [{}], mode };
    const filter =
      titles.length === 0 ? {} : { testNamePattern: titles.map((title) => RegExp.escape(title)).join("|") };
    const suite = defineSuite(mode, {
      ...STAGING_CASES,
      shared: { pool, standIn: { urls, ca, bypassKey, jwtSecret, revision } },
    });
    const vitest = await startVitest("test", [...files], { ...options, ...filter }, suite);
    await vitest.close();
    const record = readRecord(runsFolder);
    const { cases, findings } = record;
    // A body that outlived its case would speak into the next run.
    if (cases.some(({ failures }) => failures.some(({ message }) => message.startsWith("Test timed out")))) {
      await pool.renew();
    }
    return {
      faults,
      red: cases.filter(({ state }) => state !== "passed").map(({ id }) => id),
      ran: Object.fromEntries(cases.map(({ id, file }) => [id, file])),
      findings,
      durationMs: performance.now() - startedAt,
      ...(searches ? { toldBy: tellingFiles(record, readManifest(join(PROJECT_ROOT, STAGING_CASES.manifest))) } : {}),
    };
  } finally {
    rmSync(runsFolder, { recursive: true, force: true });
  }
}

function settingsOf(mode: string): StandInOptions {
  const { configuration } = planRun(mode);
  if (configuration.kind !== "stand-in") throw new TypeError("a fault needs a stand-in");
  return configuration.settings;
}

function readRecord(runsFolder: string): RunRecord {
  const [folder = ""] = readdirSync(runsFolder);
  return runRecordSchema.parse(JSON.parse(readFileSync(join(runsFolder, folder, "run.json"), "utf8")));
}

function reply(message: Reply): void {
  process.send?.(message);
}

// Each run adds its own listeners; its console output is nobody's.
process.setMaxListeners(0);
process.stdout.write = () => true;
// The worker thread and the stand-in's processes would keep it going where its parent is gone.
process.on("disconnect", () => {
  process.exit();
});
process.on("message", (job: Job) => {
  measure(job).then(
    (measurement) => {
      reply({ measurement });
    },
    (error: unknown) => {
      reply({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    },
  );
});
