import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runRecordSchema, type RunRecord } from "../fixtures/evidence/run-record.ts";
import type { StandIn } from "../fixtures/stand-in/index.ts";
import { PROJECT_ROOT } from "../fixtures/target/index.ts";

/** How to run the suite in a process of its own. */
export interface SuiteRun {
  /** Arguments after `vitest run`. */
  readonly args?: readonly string[];
  /** The suite's variables; none of the caller's own reaches the run. */
  readonly env?: Readonly<Record<string, string>>;
  /** Ends the run where it takes longer; 2 minutes by default. */
  readonly timeoutMs?: number;
  /** Called with the process once it is started. */
  readonly onStart?: (child: ChildProcess) => void;
}

/** What a run in a process of its own left. */
export interface SuiteRunResult {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Standard output and error, in the order they came. */
  readonly output: string;
  /** Undefined where the run ended before it had one. */
  readonly record: RunRecord | undefined;
  /** The files of the run's folder, by name. */
  readonly files: Readonly<Record<string, string>>;
}

const VITEST = join(PROJECT_ROOT, "node_modules/vitest/vitest.mjs");
const OURS =
  /^(?:STAGING_|STAND_IN_|E2E_OAUTH_|JWT_SECRET_|VITEST|NODE_OPTIONS|NODE_EXTRA_CA_CERTS|NODE_ENV|CI$|GITHUB_)/;

/** Runs the suite as a person would, apart from this process, and reads the record it leaves. */
export async function runSuite({
  args = [],
  env = {},
  timeoutMs = 120_000,
  onStart,
}: SuiteRun): Promise<SuiteRunResult> {
  const runsFolder = mkdtempSync(join(tmpdir(), "staging-runs-"));
  try {
    const child = spawn(process.execPath, [VITEST, "run", ...args], {
      cwd: PROJECT_ROOT,
      env: { ...inherited(), STAGING_RUNS_FOLDER: runsFolder, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    onStart?.(child);
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    const timer = setTimeout(() => child.kill("SIGKILL"), timeoutMs);
    const [exitCode, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (...end) => {
        resolve(end);
      });
    });
    clearTimeout(timer);
    return { exitCode, signal, output: Buffer.concat(chunks).toString(), ...readRun(runsFolder) };
  } finally {
    rmSync(runsFolder, { recursive: true, force: true });
  }
}

function inherited(): Record<string, string> {
  // oxlint-disable-next-line staging-suite/environment-access -- handed on to a run of its own, less the suite's part
  const kept = Object.entries(process.env).filter(([name]) => !OURS.test(name));
  return Object.fromEntries(kept.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

function readRun(runsFolder: string): Pick<SuiteRunResult, "record" | "files"> {
  const [run] = readdirSync(runsFolder);
  if (run === undefined) return { record: undefined, files: {} };
  const folder = join(runsFolder, run);
  const files = Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));
  return { record: runRecordSchema.parse(JSON.parse(files["run.json"] ?? "null")), files };
}

/** The variables that point the suite at a running stand-in as if it were a staging behind a VPN. */
export function stagingVariables(
  standIn: StandIn,
  credentials: { readonly bypassKey?: boolean; readonly secret?: boolean } = { bypassKey: true, secret: true },
): { readonly env: Record<string, string> } & Disposable {
  const folder = mkdtempSync(join(tmpdir(), "staging-ca-"));
  const caFile = join(folder, "ca.pem");
  writeFileSync(caFile, standIn.ca);
  return {
    env: {
      STAGING_TARGET: "staging",
      STAGING_BASE_URL: standIn.urls.backend,
      STAGING_AUTH_URL: standIn.urls.auth,
      STAGING_FRONTEND_URL: standIn.urls.frontend,
      STAGING_WEBSOCKET_URL: standIn.urls.websocket,
      STAGING_ALLOWED_HOSTS: "localhost",
      STAGING_ALLOW_PRIVATE_NETWORK: "1",
      STAGING_CA_FILE: caFile,
      ...(credentials.bypassKey === true ? { E2E_OAUTH_SIMULATION_KEY: standIn.bypassKey } : {}),
      ...(credentials.secret === true ? { JWT_SECRET_STAGING: standIn.jwtSecret } : {}),
    },
    [Symbol.dispose]: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
