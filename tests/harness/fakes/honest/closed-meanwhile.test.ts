/** Honest: whoever waits for a frame hears of the close that the case itself asked for. */
import { test } from "../../../../fixtures/index.ts";

test("the close ends a wait", { meta: { id: "CONN-09/closed-meanwhile" } }, async ({ token, openSocket, expect }) => {
  await using socket = await openSocket({ token });

  const [frame] = await Promise.allSettled([socket.nextFrameOfType("never-sent"), socket.close()]);

  expect(frame).toMatchObject({ status: "rejected", reason: { code: "E2E_SOCKET_CLOSED" } });
});
