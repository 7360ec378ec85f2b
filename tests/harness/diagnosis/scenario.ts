import { diagnose } from "../../../fixtures/diagnosis/diagnose.ts";
import type { CaseRecord, Failure, Finding, RunRecord } from "../../../fixtures/evidence/run-record.ts";
import type { Declaration, SocketRecord } from "../../../fixtures/witness/ledger.ts";
import {
  createCase,
  createDeclaration,
  createExchange,
  createFailedCase,
  createLedger,
  createRun,
  createSocket,
  createUpgrade,
} from "../record-factory.ts";

/** A declared call and the socket that carried it. */
export interface Carried {
  readonly declaration: Declaration;
  readonly socket: SocketRecord;
}

/** A case of a scenario with what it exchanged. */
export interface Scene {
  readonly record: CaseRecord;
  readonly carried: readonly Carried[];
  readonly expiredWaits: readonly string[];
}

/** An HTTP call that was answered; met unless the status is another than declared. */
export function http(
  path: string,
  status: number,
  part: Partial<Declaration> & { contentType?: string } = {},
): Carried {
  const { contentType = "application/json", ...declared } = part;
  const method = declared.method ?? "GET";
  return {
    declaration: createDeclaration({ path, status, met: status < 300, ...declared }),
    socket: createSocket({ exchanges: [createExchange({ path, status, method, contentType })] }),
  };
}

/** A healthy upgrade: greeted, with a ping that came back. */
export function welcomed(path = "/ws", ...received: readonly string[]): Carried {
  const frames = ["connect", ...received].map((name) => ({ name }));
  return createUpgrade(path, 101, { frames });
}

/** A run asked for on a greeted socket, and the events that came. */
export function agentRun(...events: readonly string[]): Carried {
  const frames = [
    { name: "connect" },
    { direction: "sent" as const, name: "user_message" },
    ...events.map((name) => ({ name })),
  ];
  return createUpgrade("/ws", 101, { frames });
}

/** An upgrade answered with an HTTP status instead. */
export function turnedAway(path: string, status: number, part: Partial<Declaration> = {}): Carried {
  return createUpgrade(path, status, { met: false, ...part });
}

/** An upgrade that the server closed. */
export function closedBy(path: string, code: number, reason = "", ...received: readonly string[]): Carried {
  const frames = [
    ...received.map((name) => ({ name })),
    { kind: "close" as const, closeCode: code, closeReason: reason },
  ];
  return createUpgrade(path, 101, { frames });
}

/** The same, so many milliseconds after its case began. */
export function at(atMs: number, { declaration, socket }: Carried): Carried {
  return { declaration, socket: { ...socket, exchanges: socket.exchanges.map((each) => ({ ...each, atMs })) } };
}

export function passed(id: string, ...carried: readonly Carried[]): Scene {
  return { record: createCase(id), carried, expiredWaits: [] };
}

/** A failed case: the code, and the message as the suite's errors write it. */
export function failed(id: string, failure: Partial<Failure>, ...carried: readonly Carried[]): Scene {
  return { record: createFailedCase(id, failure), carried, expiredWaits: [] };
}

/** A case that could not reach a service. */
export function unreached(
  id: string,
  service: "backend" | "auth" | "frontend",
  code = "ECONNREFUSED",
  call = "GET /health",
): Scene {
  const message = `${call}: no answer from ${service} (${code}: connect ${code})`;
  return failed(id, { code: "E2E_HOST_UNREACHABLE", service, message });
}

export function runOf(scenes: readonly Scene[], part: Partial<RunRecord> = {}): RunRecord {
  return createRun({
    cases: scenes.map(({ record }) => record),
    ledgers: scenes.map(({ record, carried, expiredWaits }) =>
      createLedger(record.id, {
        declarations: carried.map(({ declaration }) => declaration),
        sockets: carried.map(({ socket }) => socket),
        expiredWaits: [...expiredWaits],
        bodyPassed: record.state === "passed",
      }),
    ),
    ...part,
  });
}

/** The findings of a run made of these scenes. */
export function findingsOf(scenes: readonly Scene[], part: Partial<RunRecord> = {}): Finding[] {
  return diagnose(runOf(scenes, part));
}

/** The codes of the findings, in their order, each with the cases it explains. */
export function causesOf(scenes: readonly Scene[], part: Partial<RunRecord> = {}): Record<string, readonly string[]> {
  return Object.fromEntries(findingsOf(scenes, part).map(({ code, cases }) => [code, cases]));
}

/** REST and auth service accept tokens: what is wrong is elsewhere. */
export const tokensAcceptedOnRest = passed(
  "AUTH-03",
  http("/api/threads", 200),
  http("/auth/verify", 200, { service: "auth" }),
);

/** What a case says whose valid token is refused after the upgrade, and what its socket shows. */
export const closed1008 = {
  code: "E2E_NO_WELCOME",
  service: "backend",
  message: "/ws: the first frame is error_message VALIDATION_FAILED: signature, not a welcome",
} as const;
export const refused1008 = closedBy("/ws", 1008, "SSOT Auth failed", "error_message");
