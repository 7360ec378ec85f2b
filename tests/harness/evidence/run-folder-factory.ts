import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSigner } from "../../../fixtures/evidence/envelope.ts";
import { sha256 } from "../../../fixtures/evidence/ledger-chain.ts";
import { LEDGER_SCHEMA, type LedgerEntry } from "../../../fixtures/evidence/ledger-entry.ts";
import { LedgerWriter } from "../../../fixtures/evidence/ledger-writer.ts";
import { parseManifest } from "../../../fixtures/evidence/manifest.ts";
import { RUN_FILES, writeWhole } from "../../../fixtures/evidence/run-folder.ts";
import type { Suite } from "../../../fixtures/evidence/suite-digest.ts";
import type { Trust } from "../../../fixtures/evidence/verification/verify-run.ts";
import { writeAttestation } from "../../../fixtures/evidence/write-attestation.ts";
import { writeRecord } from "../../../fixtures/evidence/write-record.ts";
import { Redactor, type Secret } from "../../../fixtures/target/redaction.ts";
import type { CaseLedger, SocketRecord } from "../../../fixtures/witness/ledger.ts";
import {
  createCalibration,
  createDeclaration,
  createExchange,
  createLedger,
  createSocket,
  URLS,
} from "../record-factory.ts";

/** A key pair as an operator makes one, in PEM. */
export function createKeys(): { readonly privateKey: string; readonly publicKey: string } {
  return generateKeyPairSync("ed25519", {
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
}

export const KEYS = createKeys();
const ENDED_AT = "2026-11-21T08:00:07.400Z";

export const MANIFEST = `${JSON.stringify(
  Object.fromEntries(
    ["HEALTH-01", "HEALTH-02"].map((id) => [
      id,
      { group: "health", title: `the case ${id}`, tags: [], proof: ["GET backend /health → success"] },
    ]),
  ),
)}\n`;

const CASE_FILE = "tests/health/example.test.ts";
const SUITE: Suite = { digest: "5".repeat(64), files: new Set([CASE_FILE]) };

/** What a run is made of, where it is not the green, whole and signed one of staging. */
export interface RunParts {
  readonly privateKey?: string | null;
  readonly start?: Partial<Extract<LedgerEntry, { kind: "start" }>>;
  readonly target?: Partial<Extract<LedgerEntry, { kind: "target" }>["target"]>;
  readonly revision?: string | null;
  /** Sockets of the backend's calibration. */
  readonly calibrated?: readonly SocketRecord[];
  readonly ledgers?: readonly CaseLedger[];
  /** Entries before the end. */
  readonly further?: readonly LedgerEntry[];
  /** What the run ends with; none for a run that was killed. */
  readonly end?: readonly LedgerEntry[];
  readonly secrets?: readonly Secret[];
}

/** The ledger of a case that proved itself. */
export function createProof(id: string): CaseLedger {
  return createLedger(id, {
    sockets: [createSocket({ exchanges: [createExchange()] })],
    declarations: [createDeclaration()],
  });
}

/** A run folder on the disk, written by the code that writes a real one. */
export function createRunFolder(parts: RunParts = {}): { readonly folder: string } & Disposable {
  const folder = mkdtempSync(join(tmpdir(), "evidence-"));
  const {
    privateKey = KEYS.privateKey,
    revision = "rev-1",
    ledgers = ["HEALTH-01", "HEALTH-02"].map(createProof),
  } = parts;
  const signer = privateKey === null ? null : createSigner(privateKey);
  const redactor = new Redactor(parts.secrets);
  const ledger = new LedgerWriter(folder, redactor);
  const calibration = { revision, revisions: revision === null ? [] : [revision] };
  const entries: LedgerEntry[] = [
    {
      kind: "start",
      schema: LEDGER_SCHEMA,
      runId: "7f3a0000-0000-4000-8000-000000000000",
      startedAt: "2026-11-21T08:00:00.000Z",
      tier: "full",
      filters: [],
      environment: { node: "v24.21.0", vitest: "5.1.1", platform: "linux-x64", ci: null },
      manifest: sha256(MANIFEST),
      suite: SUITE.digest,
      signer: signer?.keyId ?? null,
      ...parts.start,
    },
    {
      kind: "target",
      target: {
        kind: "staging",
        urls: URLS,
        websocket: "wss://api.staging.example",
        expectedRevision: null,
        has: ["secret", "bypass-key"],
        concurrency: 50,
        settings: {},
        authorities: [],
        ...parts.target,
      },
      calibrations: (["backend", "auth", "frontend"] as const).map((service) =>
        createCalibration(service, {
          ...calibration,
          ...(service === "backend" && parts.calibrated !== undefined ? { sockets: [...parts.calibrated] } : {}),
        }),
      ),
    },
    ...ledgers.flatMap(entriesOf),
    ...(parts.further ?? []),
    ...(parts.end ?? [{ kind: "end", endedAt: ENDED_AT, interrupted: false }]),
  ];
  for (const entry of entries) ledger.append(entry);
  writeWhole(folder, RUN_FILES.manifest, MANIFEST);
  const record = writeRecord(folder, ledger, parseManifest(MANIFEST, RUN_FILES.manifest), redactor);
  ledger.close();
  if (signer !== null && record.endedAt !== null) writeAttestation(folder, record, signer);
  return {
    folder,
    [Symbol.dispose]: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function entriesOf(ledger: CaseLedger): LedgerEntry[] {
  const { taskId, attempt, caseId: id } = ledger;
  return [
    { kind: "ledger", ledger },
    { kind: "stamp", taskId, attempt, state: "pass" },
    {
      kind: "result",
      result: {
        taskId,
        id,
        title: `the case ${id}`,
        group: "health",
        file: CASE_FILE,
        line: 12,
        tags: [],
        state: "passed",
        fails: false,
        skippedAtRunTime: false,
        retry: 0,
        repeats: 0,
        attempts: 1,
        durationMs: 300,
        failures: [],
      },
    },
  ];
}

/** What a verifier that knows nothing but the key and the checkout trusts. */
export function createTrust(part: Partial<Trust> = {}): Trust {
  return {
    publicKey: KEYS.publicKey,
    manifest: MANIFEST,
    suite: SUITE,
    hostRules: { allowedHosts: [], allowPrivateNetwork: false },
    revision: null,
    maxAgeMs: null,
    now: new Date(Date.parse(ENDED_AT) + 60_000),
    ...part,
  };
}
