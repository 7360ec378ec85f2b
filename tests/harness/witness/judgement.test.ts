import { describe, expect, test } from "vitest";
import { findWeaknesses } from "../../../fixtures/evidence/weaknesses.ts";
import { judgePass } from "../../../fixtures/witness/judgement.ts";
import type { CaseLedger, SocketRecord } from "../../../fixtures/witness/ledger.ts";
import { describeEndpoints } from "../../../fixtures/witness/reference.ts";
import { TIDYING_UP } from "../../../fixtures/witness/unanswered.ts";
import {
  createCalibration,
  createDeclaration,
  createExchange,
  createLedger,
  createSocket,
  URLS,
} from "../record-factory.ts";

/** Reasons that no honest network lets a test file show, judged on ledgers made up here. */
const CALIBRATIONS = [createCalibration("backend")];

function createCase(id: string, socket: Partial<SocketRecord> = {}, ledger: Partial<CaseLedger> = {}): CaseLedger {
  const sockets = [createSocket({ exchanges: [createExchange()], ...socket })];
  return createLedger(id, { sockets, declarations: [createDeclaration()], ...ledger });
}

/** The codes against the first ledger, at the end of a run that has all of them. */
function codesAgainst(...ledgers: readonly [CaseLedger, ...CaseLedger[]]): readonly string[] {
  return judgePass(ledgers[0], describeEndpoints(URLS, CALIBRATIONS, ledgers), undefined).map(({ code }) => code);
}

function answeredIn(firstByteMs: number, tlsMs = 41): Partial<SocketRecord> {
  return { exchanges: [createExchange({ firstByteMs })], phasesMs: { dns: 3, tcp: 40, tls: tlsMs } };
}

const OTHERS = Array.from({ length: 12 }, (_, index) => createCase(`HEALTH-01/other-${index}`, answeredIn(42 + index)));

test("an honest ledger is believed", () => {
  expect(codesAgainst(createCase("HEALTH-01"))).toEqual([]);
});

describe("speed", () => {
  test("an answer in less than half of every round trip seen is too fast", () => {
    expect(codesAgainst(createCase("HEALTH-01", answeredIn(15)), ...OTHERS)).toEqual(["TOO_FAST"]);
  });

  test("an answer in more than half of the smallest round trip is believed", () => {
    expect(codesAgainst(createCase("HEALTH-01", answeredIn(22)), ...OTHERS)).toEqual([]);
  });

  test("a machine on which every handshake is slow does not make another case's answers too fast", () => {
    const slow = OTHERS.map((other) => ({ ...other, sockets: [createSocket({ ...answeredIn(60, 400) })] }));

    expect(codesAgainst(createCase("HEALTH-01", answeredIn(45, 400)), ...slow)).toEqual([]);
  });

  test("few measurements judge nobody, since all of them may be slow", () => {
    const [other = createCase("HEALTH-01/other")] = OTHERS;

    expect(codesAgainst(createCase("HEALTH-01", answeredIn(1)), other)).toEqual([]);
  });

  test("next door, where clocks say more than the network, nothing is too fast", () => {
    const near = OTHERS.map((other) => ({ ...other, sockets: [createSocket({ ...answeredIn(2.3, 2.6) })] }));

    expect(codesAgainst(createCase("HEALTH-01", answeredIn(0.9, 2.6)), ...near)).toEqual([]);
  });

  test("while the run goes on, speed is not judged", () => {
    const ledger = createCase("HEALTH-01", answeredIn(0.1));

    expect(judgePass(ledger, describeEndpoints(URLS, CALIBRATIONS), undefined)).toEqual([]);
  });
});

describe("a socket", () => {
  const { identity } = createSocket();

  test("without a row in the kernel's table is none, where the calibrated ones have theirs", () => {
    const socket = { identity: { ...identity, kernelRow: false } };

    expect(codesAgainst(createCase("HEALTH-01", socket))).toEqual(["NOT_A_SOCKET"]);
  });

  test("of a system without such a table is judged by the rest", () => {
    expect(codesAgainst(createCase("HEALTH-01", { identity: { ...identity, kernelRow: null } }))).toEqual([]);
  });

  test("whose stream gave bytes that its handle never read is none", () => {
    expect(codesAgainst(createCase("HEALTH-01", { inventedBytes: 120 }))).toEqual(["NOT_A_SOCKET"]);
  });

  test("that was upgraded and is open after the case was left open", () => {
    const challenge = { sent: 1, answered: 1, smallestRttMs: 40 };

    expect(codesAgainst(createCase("HEALTH-01", { frames: [], closedAtMs: null, challenge }))).toEqual([
      "SOCKET_LEFT_OPEN",
    ]);
  });

  test("of a pool stays open honestly", () => {
    expect(codesAgainst(createCase("HEALTH-01", { closedAtMs: null }))).toEqual([]);
  });
});

describe("a connection that failed", () => {
  const failed = createSocket({ error: "ECONNRESET", exchanges: [], phasesMs: { dns: 1, tcp: -1, tls: -1 } });
  const answered = createSocket({ exchanges: [createExchange()] });
  const sockets = [failed, answered];

  test("and that nobody owns up to is an unanswered call", () => {
    expect(codesAgainst(createCase("HEALTH-01", {}, { sockets }))).toEqual(["UNANSWERED"]);
  });

  test("is honest where the client replaced it and says so", () => {
    const declarations = [createDeclaration({ retriedAfter: ["ECONNRESET"] })];

    expect(codesAgainst(createCase("HEALTH-01", {}, { sockets, declarations }))).toEqual([]);
  });

  test("is honest where only the tidying up needed it", () => {
    const notes = [`${TIDYING_UP}thread thread-1 (E2E_HOST_UNREACHABLE)`];

    expect(codesAgainst(createCase("HEALTH-01", {}, { sockets, notes }))).toEqual([]);
  });
});

describe("weaknesses", () => {
  test.for([
    { what: "patched primitives", part: { patched: ["fetch"] }, says: "fetch is not Node's own in HEALTH-01" },
    { what: "a stepped clock", part: { clockDriftMs: 4_000 }, says: "clock was changed during HEALTH-01, by 4 s" },
  ])("name $what", ({ part, says }) => {
    expect(findWeaknesses(undefined, [createCase("HEALTH-01", {}, part)]).join()).toContain(says);
  });

  test.for([
    { dated: "by the clock that calibration saw", serverDate: "Sat, 21 Nov 2026 08:00:01 GMT", count: 0 },
    { dated: "as a recording of last year", serverDate: "Fri, 21 Nov 2025 08:00:00 GMT", count: 1 },
  ])("tell an answer dated $dated", ({ serverDate, count }) => {
    const ledger = createCase("HEALTH-01", { exchanges: [createExchange({ serverDate })] });
    const target = {
      kind: "staging" as const,
      urls: URLS,
      websocket: "wss://api.staging.example",
      expectedRevision: null,
      has: [],
      concurrency: 1,
      settings: {},
      authorities: [],
    };
    const calibrations = [createCalibration("backend", { clockSkewMs: 200 })];

    const strange = findWeaknesses({ target, calibrations }, [ledger]).filter((weakness) => weakness.includes("dated"));

    expect(strange).toHaveLength(count);
  });
});
