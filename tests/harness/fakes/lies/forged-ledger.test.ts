/** Lie 44, rejected with NOTHING_TOUCHED: a ledger full of traffic is posted to a guessed channel. */
import { BroadcastChannel, getEnvironmentData } from "node:worker_threads";
import { test } from "../../../../fixtures/index.ts";

test("the backend is healthy", { meta: { id: "HEALTH-44/forged-ledger" } }, ({ task, expect }) => {
  const name = getEnvironmentData("staging-suite-witness");
  const channel = new BroadcastChannel(typeof name === "string" ? name : "staging-suite-witness");
  const exchange = { method: "GET", path: "/health", status: 200, atMs: 1, firstByteMs: 40, lastByteMs: 41 };
  channel.postMessage({
    kind: "ledger",
    ledger: { taskId: task.id, attempt: 0, sockets: [{ exchanges: [exchange] }] },
  });
  channel.close();

  expect(task.id).toMatch(/./);
});
