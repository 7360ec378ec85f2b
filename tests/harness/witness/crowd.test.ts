import { expect, test } from "vitest";
import { judgePass } from "../../../fixtures/witness/judgement.ts";
import type { CaseLedger } from "../../../fixtures/witness/ledger.ts";
import { describeEndpoints } from "../../../fixtures/witness/reference.ts";
import { createCalibration, createLedger, createUpgrade, URLS } from "../record-factory.ts";

const THREE_AT_ONCE = ["ws backend /ws × 3 at once"];

/** A case with a socket for each interval, in milliseconds, and the crowds that it says it held. */
function holding(intervals: readonly (readonly [number, number])[], crowds: readonly number[]): CaseLedger {
  const upgrades = intervals.map(([fromMs, untilMs], index) => {
    const { declaration, socket } = createUpgrade("/ws", 101, { frames: [{ name: "connect" }] });
    const exchanges = socket.exchanges.map((exchange) => ({ ...exchange, atMs: fromMs, lastByteMs: 1 }));
    const identity = { ...socket.identity, localPort: 40_000 + index };
    const challenge = { sent: 1, answered: 1, smallestRttMs: 40 };
    return { declaration, socket: { ...socket, identity, exchanges, closedAtMs: untilMs, challenge } };
  });
  return createLedger("CONC-01", {
    declarations: upgrades.map(({ declaration }) => declaration),
    sockets: upgrades.map(({ socket }) => socket),
    crowds: [...crowds],
  });
}

function judge(ledger: CaseLedger, proof: readonly string[] = THREE_AT_ONCE): readonly string[] {
  const endpoints = describeEndpoints(URLS, [createCalibration("backend")]);
  return judgePass(ledger, endpoints, proof).map(({ code, evidence }) => `${code} ${evidence}`);
}

const TOGETHER = [
  [0, 900],
  [10, 900],
  [20, 900],
] as const;

test("connections that are open at the same time prove a crowd", () => {
  expect(judge(holding(TOGETHER, [3]))).toEqual([]);
});

test("connections that follow one another prove none, whatever the case calls them", () => {
  const apart = holding(
    [
      [0, 100],
      [101, 200],
      [201, 300],
    ],
    [3],
  );

  expect(judge(apart)).toEqual(["PROOF_MISSING not seen: ws backend /ws × 3 at once"]);
});

test("a smaller crowd, or none that was meant, is not the one that is asked for", () => {
  expect(judge(holding(TOGETHER, [2]))).toHaveLength(1);
  expect(judge(holding(TOGETHER, []))).toHaveLength(1);
});

test("a silence that was kept is no expired wait, and one that was broken is not believed", () => {
  const silent = (broken: string | null): CaseLedger => ({
    ...holding(TOGETHER, [3]),
    silences: [{ path: "/ws", forMs: 300, broken }],
  });

  expect(judge(silent(null))).toEqual([]);
  expect(judge(silent("pong came"))).toEqual(["SILENCE_BROKEN /ws: within 300 ms of declared silence, pong came"]);
});
