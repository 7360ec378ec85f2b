/** Lie 13, rejected with CHECK_REPLACED: a matcher of the suite is replaced by one that always holds. */
import { test } from "../../../../fixtures/index.ts";

test(
  "a run belongs to somebody else",
  { meta: { id: "FLOW-13/replaced-matcher" } },
  async ({ token, openSocket, createUser, expect }) => {
    expect.extend({ toBelongTo: () => ({ pass: true, message: () => "" }) });
    await using socket = await openSocket({ token });

    const run = await socket.runAgent({ message: "count to three" });

    expect(run).toBelongTo(createUser());
  },
);
