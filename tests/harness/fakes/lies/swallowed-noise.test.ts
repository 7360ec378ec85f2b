/** Lie 17, rejected with SILENCE_BROKEN: what came where nothing must come is swallowed. */
import { test } from "../../../../fixtures/index.ts";

test(
  "a connection that asked for nothing hears nothing",
  { meta: { id: "HEALTH-17/swallowed-noise" } },
  async ({ token, openSocket, expect }) => {
    await using socket = await openSocket({ token });

    const heard = socket.expectSilence(10_000).catch(() => undefined);
    await socket.settle();
    await heard;

    expect(socket.isOpen).toBe(true);
  },
);
