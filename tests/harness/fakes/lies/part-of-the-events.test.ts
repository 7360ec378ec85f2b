/** Lie 19, rejected with PROOF_MISSING: the first event counts for all five. */
import { test } from "../../../../fixtures/index.ts";

test(
  "an agent run completes",
  { meta: { id: "HEALTH-19/part-of-the-events" } },
  async ({ token, openSocket, expect }) => {
    await using socket = await openSocket({ token });

    const started = await socket.startRun({ message: "count to three" }).nextEvent("agent_started");

    expect(started.name).toBe("agent_started");
  },
);
