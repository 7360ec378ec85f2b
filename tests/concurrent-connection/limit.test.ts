import { describe, LIMITS, test } from "../../fixtures/index.ts";

describe("a user who has as many connections as one may have", () => {
  test(
    "is told why one more is refused, and keeps those there are",
    { meta: { id: "CONC-03/refused" } },
    async ({ token, openSocket, expectRefusal, expect }) => {
      await using first = await openSocket({ token });
      await using second = await openSocket({ token });
      await using third = await openSocket({ token });

      const refusal = await expectRefusal({ token }, "over-limit");
      await Promise.all([first.settle(), second.settle(), third.settle()]);

      expect(refusal).toSayWhy();
    },
  );

  test(
    "has room for another after closing one",
    { meta: { id: "CONC-03/room" } },
    async ({ token, openSocket, expect }) => {
      await using first = await openSocket({ token });
      await using _second = await openSocket({ token });
      await using _third = await openSocket({ token });

      await first.close();
      await using another = await openSocket({ token });

      expect(another.isOpen).toBe(true);
    },
  );
});

test(
  "thirty connections of one user, opened and closed, leave nothing behind",
  { meta: { id: "CONC-06" } },
  async ({ token, cycleSockets, openCrowd, overlap, expect }) => {
    await cycleSockets({ token }, { cycles: 30, atOnce: LIMITS.connectionsPerUser });

    await using crowd = await openCrowd([token, token, token]);
    await crowd.settle();

    expect(overlap().highWaterMark).toBe(LIMITS.connectionsPerUser);
  },
);
