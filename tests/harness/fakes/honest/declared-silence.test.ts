/** Honest: a wait that is meant to expire says so, and what comes after it shows that the connection lives. */
import { test } from "../../../../fixtures/index.ts";

test(
  "a connection that asked for nothing hears nothing",
  { meta: { id: "CONN-09/declared-silence" } },
  async ({ token, openSocket, expect }) => {
    await using socket = await openSocket({ token });

    await socket.expectSilence(300);

    expect(await socket.settle()).toMatchObject({ type: "pong" });
  },
);
