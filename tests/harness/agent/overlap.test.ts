import { expect, test } from "vitest";
import { overlapOf } from "../../../fixtures/witness/overlap.ts";
import type { SocketRecord } from "../../../fixtures/witness/ledger.ts";
import { createExchange, createSocket } from "../record-factory.ts";

function upgraded(atMs: number, closedAtMs: number | null, localPort: number): SocketRecord {
  const socket = createSocket({
    closedAtMs,
    exchanges: [createExchange({ path: "/ws", status: 101, atMs, lastByteMs: 10 })],
  });
  return { ...socket, identity: { ...socket.identity, localPort } };
}

test("connections that follow one another do not overlap", () => {
  expect(overlapOf([upgraded(0, 50, 1), upgraded(40, 90, 2), upgraded(80, null, 3)]).highWaterMark).toBe(1);
});

test("connections that are open at one moment are counted, and their ports", () => {
  expect(overlapOf([upgraded(0, 100, 1), upgraded(20, null, 2), upgraded(30, 80, 3), upgraded(200, null, 4)])).toEqual({
    highWaterMark: 3,
    localPorts: 3,
  });
});

test("views of one connection are one port", () => {
  expect(overlapOf([upgraded(0, null, 7), upgraded(0, null, 7)])).toEqual({ highWaterMark: 2, localPorts: 1 });
});

test("a socket that was not upgraded is no connection", () => {
  expect(overlapOf([createSocket()])).toEqual({ highWaterMark: 0, localPorts: 0 });
});
