/** Lie 17, rejected with SWALLOWED_CHECK: a check is tried until its time is over, and that is as good as any answer. */
import { test } from "../../../../fixtures/index.ts";

test(
  "the socket hears of the moon",
  { meta: { id: "CONN-17/polled-in-vain" } },
  async ({ token, openSocket, expect }) => {
    await using socket = await openSocket({ token });

    const heard = await expect
      .poll(() => socket.seenFrames, { timeout: 300 })
      .toContain("moonrise")
      .then(
        () => true,
        () => false,
      );

    expect(typeof heard).toBe("boolean");
  },
);
