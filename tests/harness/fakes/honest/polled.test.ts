/** Honest: a check is polled, fails at first, and holds in the end. */
import { test } from "../../../../fixtures/index.ts";

test("a pong comes in the end", { meta: { id: "CONN-06/polled" } }, async ({ token, openSocket, expect }) => {
  await using socket = await openSocket({ token });

  socket.send({ type: "ping", timestamp: 0 });

  await expect.poll(() => socket.seenFrames, { interval: 10 }).toContain("pong");
});
