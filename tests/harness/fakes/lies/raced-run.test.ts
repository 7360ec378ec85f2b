/** Lie 17, rejected with EXPIRED_WAIT: a run is asked for, and nobody waits until it is over. */
import { test } from "../../../../fixtures/index.ts";

test("an agent run completes", { meta: { id: "FLOW-17/raced-run" } }, async ({ token, openSocket, expect }) => {
  await using socket = await openSocket({ token });

  const run = socket.startRun({ message: "count to three" });
  await Promise.race([run.completed(), Promise.resolve()]);

  expect(run.threadId).toBeDefined();
});
