/** Honest: the case waits on purpose, between two real exchanges. */
import { test } from "../../../../fixtures/index.ts";

test("an idle connection stays open", { meta: { id: "CONN-04/sleeps" } }, async ({ token, openSocket, expect }) => {
  await using socket = await openSocket({ token });

  await new Promise((resolve) => {
    setTimeout(resolve, 600);
  });

  expect(await socket.settle()).toMatchObject({ type: "pong" });
});
