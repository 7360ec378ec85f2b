/** Lie 17, rejected with EXPIRED_WAIT: the close that did not come in time is taken for good. */
import { test } from "../../../../fixtures/index.ts";

test(
  "the backend closes a connection",
  { meta: { id: "HEALTH-17/swallowed-close" } },
  async ({ token, openSocket, expect }) => {
    await using socket = await openSocket({ token });

    await socket.nextClose(200).catch(() => undefined);

    expect(socket.protocol).toBe("");
  },
);
