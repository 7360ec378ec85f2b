import { groupOfCase } from "../../fixtures/contract/case-id.ts";
import { runRecordSchema, type CaseRecord, type Failure, type RunRecord } from "../../fixtures/evidence/run-record.ts";
import type {
  Calibration,
  CaseLedger,
  Declaration,
  Exchange,
  FrameRecord,
  SocketRecord,
} from "../../fixtures/witness/ledger.ts";
import type { Service } from "../../fixtures/contract/services.ts";

/** Builders of whole, valid parts of a run record; each takes what its test is about and invents the rest. */

export const URLS = {
  backend: "https://api.staging.example",
  auth: "https://auth.staging.example",
  frontend: "https://app.staging.example",
} as const;

const STARTED_AT = "2026-11-21T08:00:00.000Z";

export function createExchange(part: Partial<Exchange> = {}): Exchange {
  return {
    method: "GET",
    path: "/health",
    status: 200,
    atMs: 130,
    firstByteMs: 42,
    lastByteMs: 43,
    contentType: "application/json",
    revision: "rev-1",
    serverDate: null,
    ...part,
  };
}

function createFrame(part: Partial<FrameRecord> = {}): FrameRecord {
  return {
    direction: "received",
    kind: "text",
    bytes: 120,
    atMs: 200,
    name: null,
    closeCode: null,
    closeReason: null,
    ...part,
  };
}

export function createSocket(part: Partial<SocketRecord> & { readonly service?: Service } = {}): SocketRecord {
  const { service = "backend", ...rest } = part;
  const host = new URL(service === "direct" ? "https://direct.staging.example" : URLS[service]).hostname;
  return {
    id: "1",
    identity: {
      host,
      port: 443,
      remoteAddress: "203.0.113.7",
      localPort: 40_001,
      descriptor: "socket",
      kernelRow: true,
      tls: {
        version: "TLSv1.3",
        authorized: true,
        resumed: false,
        fingerprint256: "AA:BB",
        issuerFingerprint256: "CC:DD",
        validTo: "2027-03-01T00:00:00.000Z",
      },
    },
    phasesMs: { dns: 3, tcp: 40, tls: 41 },
    openedAtMs: 0,
    closedAtMs: 500,
    bytesRead: 900,
    bytesWritten: 400,
    inventedBytes: 0,
    error: null,
    exchanges: [],
    frames: null,
    challenge: null,
    ...rest,
  };
}

export function createDeclaration(part: Partial<Declaration> = {}): Declaration {
  const path = part.path ?? "/health";
  return {
    kind: "http",
    service: "backend",
    method: "GET",
    path,
    route: path,
    outcome: "success",
    status: 200,
    met: true,
    toleratedAs: null,
    traceId: "0af7651916cd43dd8448eb211c80319c",
    retriedAfter: [],
    ...part,
  };
}

/** An upgrade of a path: what was declared, the status of the answer and the frames after it. */
export function createUpgrade(
  path: string,
  status: number | null,
  part: Partial<Declaration> & { readonly frames?: readonly Partial<FrameRecord>[]; readonly error?: string } = {},
): { readonly declaration: Declaration; readonly socket: SocketRecord } {
  const { frames, error = null, ...declared } = part;
  return {
    declaration: createDeclaration({ kind: "socket", path, outcome: "welcomed", status, ...declared }),
    socket: createSocket({
      error,
      exchanges: [createExchange({ path, status, contentType: null })],
      frames: status === 101 ? (frames ?? []).map(createFrame) : null,
    }),
  };
}

export function createLedger(caseId: string, part: Partial<CaseLedger> = {}): CaseLedger {
  return {
    taskId: `task-${caseId}`,
    attempt: 0,
    caseId,
    startedAt: STARTED_AT,
    durationMs: 300,
    sockets: [],
    declarations: [],
    expiredWaits: [],
    tokens: [],
    measuredMs: {},
    notes: [],
    patched: [],
    clockDriftMs: 0,
    assertions: 3,
    bodyPassed: true,
    ...part,
  };
}

export function createCase(id: string, part: Partial<CaseRecord> = {}): CaseRecord {
  const group = groupOfCase(id);
  if (group === undefined) throw new Error(`${id} is no case id`);
  return {
    id,
    title: `the case ${id} observes something`,
    group,
    file: `tests/${group}/example.test.ts`,
    line: 12,
    state: "passed",
    durationMs: 300,
    networkMs: 250,
    attempts: 1,
    failures: [],
    rejections: [],
    ledger: null,
    ...part,
  };
}

/** A case that failed on its own, with the error as the reporter records it. */
export function createFailedCase(
  id: string,
  failure: Partial<Failure> = {},
  part: Partial<CaseRecord> = {},
): CaseRecord {
  const failures = [{ code: null, message: "expected 1 to be 2", at: null, service: null, ...failure }];
  return createCase(id, { state: "failed", failures, ...part });
}

export function createCalibration(service: Service, part: Partial<Calibration> = {}): Calibration {
  const sockets = [0, 1, 2].map((index) =>
    createSocket({
      id: `calibration-${service}-${index}`,
      service,
      phasesMs: { dns: index === 0 ? 12.4 : 1.1, tcp: 40 + index, tls: 43 + index },
      exchanges: [createExchange({ firstByteMs: 44 + index })],
    }),
  );
  return {
    service,
    url: service === "direct" ? "https://direct.staging.example" : URLS[service],
    attempts: 3,
    sockets,
    smallestTlsMs: 43,
    revision: "rev-1",
    revisions: ["rev-1"],
    clockSkewMs: 300,
    failure: null,
    ...part,
  };
}

/** A host that never answered, as the calibration records it. */
export function createDeadCalibration(service: Service, code: string): Calibration {
  const sockets = [createSocket({ service, error: code, phasesMs: { dns: 2, tcp: -1, tls: -1 } })];
  const failure = { code, message: `no connection to ${service}: ${code}` };
  const unknown = { smallestTlsMs: -1, revision: null, revisions: [], clockSkewMs: null };
  return createCalibration(service, { sockets, ...unknown, failure });
}

/** A host that completed every handshake and answered nothing, as the calibration records it. */
export function createSilentCalibration(service: Service): Calibration {
  const exchange = createExchange({ status: null, firstByteMs: -1, lastByteMs: -1, contentType: null, revision: null });
  const sockets = [createSocket({ service, bytesRead: 0, exchanges: [exchange] })];
  const failure = { code: "ETIMEDOUT", message: "no answer within 5000 ms" };
  return createCalibration(service, { sockets, revision: null, revisions: [], clockSkewMs: null, failure });
}

function totalsOf(run: Pick<RunRecord, "cases" | "ledgers" | "notApplicable">): RunRecord["totals"] {
  const inState = (state: CaseRecord["state"]): number => run.cases.filter((each) => each.state === state).length;
  const sockets = run.ledgers.flatMap((ledger) => ledger.sockets);
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  return {
    expected: run.cases.length,
    ran: run.cases.length - inState("not-run"),
    passed: inState("passed"),
    failed: inState("failed"),
    rejected: inState("rejected"),
    notRun: inState("not-run"),
    notApplicable: run.notApplicable.length,
    connections: sockets.length,
    exchanges: sum(sockets.map(({ exchanges }) => exchanges.length)),
    frames: sum(sockets.map(({ frames }) => frames?.length ?? 0)),
    bytesRead: sum(sockets.map(({ bytesRead }) => bytesRead)),
    networkMs: sum(run.cases.map(({ networkMs }) => networkMs)),
  };
}

/**
 * A whole run of staging, parsed by the record's own schema. The cases' ledgers are joined by id; totals, and a verdict
 * that says `broken` where a case failed, are worked out unless given.
 */
export function createRun(part: Partial<RunRecord> = {}): RunRecord {
  const ledgers = part.ledgers ?? [];
  const cases = (part.cases ?? []).map((each) => {
    const index = ledgers.findIndex(({ caseId }) => caseId === each.id);
    return index < 0 ? each : { ...each, ledger: each.ledger ?? index };
  });
  const notApplicable = part.notApplicable ?? [];
  const red = cases.filter(({ state }) => state !== "passed").length;
  return runRecordSchema.parse({
    schema: "netra-staging-run/2",
    runId: "run-7f3a",
    startedAt: STARTED_AT,
    endedAt: "2026-11-21T08:00:07.400Z",
    complete: true,
    interrupted: false,
    tier: "full",
    filters: [],
    target: { kind: "staging", urls: URLS, websocket: "wss://api.staging.example", revision: "rev-1", settings: {} },
    environment: { node: "24.21.0", vitest: "5.1.1", platform: "linux-x64", ci: null },
    calibrations: [createCalibration("backend"), createCalibration("auth"), createCalibration("frontend")],
    closingProbes: [],
    evidence: { entries: 0, head: "0".repeat(64), manifest: "0".repeat(64), suite: "5".repeat(64), signer: null },
    weaknesses: [],
    suiteFaults: [],
    findings: [],
    totals: totalsOf({ cases, ledgers, notApplicable }),
    verdict:
      red === 0
        ? { exitCode: 0, word: "works", reasons: [] }
        : { exitCode: 1, word: "broken", reasons: [`${red} of ${cases.length} cases failed`] },
    ...part,
    ledgers,
    cases,
    notApplicable,
  } satisfies RunRecord);
}
