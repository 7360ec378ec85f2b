/** Lie 17, rejected with EXPIRED_WAIT: a wait is raced against something that always comes. */
import { test } from "../../../../fixtures/index.ts";

test("the moon is acknowledged", { meta: { id: "CONN-17/raced-wait" } }, async ({ token, openSocket, expect }) => {
  await using socket = await openSocket({ token });

  socket.send({ type: "heartbeat" });
  await Promise.race([socket.nextFrameOfType("moonrise"), socket.settle()]);

  expect(socket.isOpen).toBe(true);
});
