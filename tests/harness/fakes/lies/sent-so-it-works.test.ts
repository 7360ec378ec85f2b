/** Lie 18, rejected with PROOF_MISSING: a message was sent, and nobody looks for its answer. */
import { test } from "../../../../fixtures/index.ts";

test(
  "an agent run completes",
  { meta: { id: "HEALTH-18/sent-so-it-works" } },
  async ({ token, openSocket, expect }) => {
    await using socket = await openSocket({ token });

    socket.send({ type: "user_message", payload: { content: "count to three" } });

    expect(socket.isOpen).toBe(true);
  },
);
