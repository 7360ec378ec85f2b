import { test } from "../../fixtures/index.ts";

test(
  "an agent run that uses a tool streams all five events in the contract's order",
  { meta: { id: "FLOW-01" }, tags: ["premerge"] },
  async ({ token, openSocket, expect }) => {
    await using socket = await openSocket({ token });

    const run = await socket.runAgent({ message: "which tool would you use to count to three?" });

    expect(run).toFollowTheGrammar();
    expect(run).toHaveAllAgentEvents();
  },
);
