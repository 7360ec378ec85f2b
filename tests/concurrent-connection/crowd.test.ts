import { createNonce, describe, test } from "../../fixtures/index.ts";

const USERS = 7;
const ALL = { highWaterMark: USERS, localPorts: USERS };

describe("seven users at once", () => {
  test(
    "are connected at the same time, each with a connection of its own",
    { meta: { id: "CONC-01" }, tags: ["premerge"] },
    async ({ signInUsers, openCrowd, overlap, expect }) => {
      await using crowd = await openCrowd(await signInUsers(USERS));

      await crowd.settle();

      expect(overlap()).toEqual(ALL);
      expect(new Set(crowd.connectionIds).size, "different connection ids").toBe(USERS);
    },
  );

  test(
    "each complete a run of their own, and hear nothing of the others",
    { meta: { id: "CONC-02" }, tags: ["premerge"] },
    async ({ signInUsers, openCrowd, overlap, expect }) => {
      await using crowd = await openCrowd(await signInUsers(USERS));

      const runs = await crowd.runAgents(`count to three (${createNonce()})`);
      await crowd.settle();

      expect(overlap()).toEqual(ALL);
      expect(runs).toAllFollowTheGrammar();
      expect(crowd).toKeepUsersApart();
    },
  );
});
