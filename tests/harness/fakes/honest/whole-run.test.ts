/** Honest: a whole agent run, from the handshake to its last event. */
import { test } from "../../../../fixtures/index.ts";

test("an agent run completes", { meta: { id: "CONN-07/whole-run" } }, async ({ token, openSocket, expect }) => {
  await using socket = await openSocket({ token });

  const run = await socket.runAgent({ message: "which tool would you use to count to three?" });

  expect(run.eventNames).toContain("agent_completed");
});
