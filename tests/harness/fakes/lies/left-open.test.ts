/** Lie 25, rejected with SOCKET_LEFT_OPEN: the connection outlives the case, and what still comes on it is not judged. */
import { test } from "../../../../fixtures/index.ts";

test("a token is welcomed", { meta: { id: "HEALTH-25/left-open" } }, async ({ token, openSocket, expect }) => {
  const socket = await openSocket({ token });

  expect(socket.isOpen).toBe(true);
});
