/** Honest: connections that are called concurrent are open at the same time. */
import { test } from "../../../../fixtures/index.ts";

test(
  "three users are connected at the same time",
  { meta: { id: "CONN-08/at-once" } },
  async ({ signInUsers, openCrowd, expect }) => {
    await using crowd = await openCrowd(await signInUsers(3));

    await crowd.settle();

    expect(new Set(crowd.connectionIds).size).toBe(3);
  },
);
