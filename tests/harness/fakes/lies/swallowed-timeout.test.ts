/** Lie 17, rejected with EXPIRED_WAIT: what did not come in time is taken for good. */
import { test } from "../../../../fixtures/index.ts";

test(
  "an agent run completes",
  { meta: { id: "HEALTH-17/swallowed-timeout" } },
  async ({ token, openSocket, expect }) => {
    await using socket = await openSocket({ token });

    await socket.nextFrameOfType("agent_completed", 200).catch(() => undefined);

    expect(socket.isOpen).toBe(true);
  },
);
