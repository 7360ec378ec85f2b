import { describe, expect, test } from "vitest";
import type { Declaration, FrameRecord, SocketRecord } from "../../../fixtures/witness/ledger.ts";
import { judgePass } from "../../../fixtures/witness/judgement.ts";
import { describeEndpoints } from "../../../fixtures/witness/reference.ts";
import {
  createCalibration,
  createDeclaration,
  createExchange,
  createLedger,
  createSocket,
  createUpgrade,
  URLS,
} from "../record-factory.ts";

/** Every declaration here says of itself that it is met; what was seen says whether it is. */
function codesOf(...carried: readonly { readonly declaration: Declaration; readonly socket: SocketRecord }[]) {
  const ledger = createLedger("HEALTH-01", {
    declarations: carried.map(({ declaration }) => declaration),
    sockets: carried.map(({ socket }) => socket),
  });
  const codes = judgePass(ledger, describeEndpoints(URLS, [createCalibration("backend")], [ledger]), undefined);
  return codes.map(({ code }) => code);
}

function call(outcome: string, status: number, part: Partial<Declaration> = {}) {
  const declaration = createDeclaration({ outcome, status, ...part });
  const { method, path } = declaration;
  return { declaration, socket: createSocket({ exchanges: [createExchange({ method, path, status })] }) };
}

/** An upgrade that was answered 101, and closed by the server with that code. */
function closed(outcome: string, closeCode: number) {
  const frames: Partial<FrameRecord>[] = [{ name: "error_message" }, { kind: "close", closeCode }];
  const { declaration, socket } = createUpgrade("/ws", 101, { outcome, frames });
  return { declaration, socket: { ...socket, closedAtMs: 300 } };
}

describe("a status", () => {
  test.for([
    ["success", 200],
    ["refused", 401],
    ["refused", 403],
    ["unavailable-or-success", 503],
    ["404", 404],
  ] as const)("%s by %i is what was declared", ([outcome, status]) => {
    expect(codesOf(call(outcome, status))).toEqual([]);
  });

  test.for([
    ["refused", 200],
    ["success", 401],
    ["success", 500],
    ["404", 200],
    ["no-such-outcome", 200],
  ] as const)("%s by %i is not, whatever the client says", ([outcome, status]) => {
    expect(codesOf(call(outcome, status))).toEqual(["UNDECLARED_OUTCOME"]);
  });

  test("is any where the suite tidies up, and nowhere else", () => {
    const tidying = { method: "DELETE", path: "/api/threads/thread-1" };

    expect(codesOf(call("cleanup", 500, tidying))).toEqual([]);
    expect(codesOf(call("cleanup", 500))).toEqual(["UNDECLARED_OUTCOME"]);
  });
});

describe("a refused socket", () => {
  test("is one that the server closed as a refusal", () => {
    expect(codesOf(closed("refused", 1008))).toEqual([]);
    expect(codesOf(closed("over-limit", 1013))).toEqual([]);
  });

  test.for([
    ["refused", 1000],
    ["refused", 1013],
    ["not-routed", 1008],
  ] as const)("as %s, closed with %i, is not", ([outcome, code]) => {
    expect(codesOf(closed(outcome, code))).toEqual(["UNDECLARED_OUTCOME"]);
  });

  test("has a close of its own: two refusals need two", () => {
    const welcomedInstead = createUpgrade("/ws", 101, { outcome: "refused", frames: [{ name: "connect" }] });

    expect(codesOf(closed("refused", 1008), closed("refused", 1008))).toEqual([]);
    expect(
      codesOf(closed("refused", 1008), { ...welcomedInstead, socket: { ...welcomedInstead.socket, closedAtMs: 300 } }),
    ).toEqual(["UNDECLARED_OUTCOME"]);
  });
});
