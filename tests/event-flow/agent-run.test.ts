import { BUDGET_MS, createNonce, describe, test } from "../../fixtures/index.ts";

const TOOL_REQUEST = "which tool would you use to count to three?";

describe("an agent run that needs a tool", () => {
  test(
    "streams all five events in the contract's order",
    { meta: { id: "FLOW-01" }, tags: ["premerge"] },
    async ({ token, openSocket, expect }) => {
      await using socket = await openSocket({ token });

      const run = await socket.runAgent({ message: TOOL_REQUEST });

      expect(run).toFollowTheGrammar();
      expect(run).toHaveAllAgentEvents();
    },
  );

  test(
    "ends every tool that it began",
    { meta: { id: "FLOW-02/tool-pairs" }, tags: ["premerge"] },
    async ({ token, openSocket, expect }) => {
      await using socket = await openSocket({ token });

      const run = await socket.runAgent({ message: TOOL_REQUEST });

      expect(run).toPairItsTools();
    },
  );

  test(
    "ends once, and nothing of it comes while the next run goes on",
    { meta: { id: "FLOW-02/one-end" }, tags: ["premerge"] },
    async ({ token, openSocket, expect }) => {
      await using socket = await openSocket({ token });

      const run = await socket.runAgent({ message: TOOL_REQUEST });
      await socket.runAgent({ message: TOOL_REQUEST });

      expect(run).toEndOnce();
    },
  );

  test(
    "keeps one run id, which no other run has",
    { meta: { id: "FLOW-03/run-id" }, tags: ["premerge"] },
    async ({ token, openSocket, expect }) => {
      await using socket = await openSocket({ token });

      const first = await socket.runAgent({ message: TOOL_REQUEST });
      const second = await socket.runAgent({ message: TOOL_REQUEST });

      expect(first).toKeepItsOwnRunId();
      expect(second).toKeepItsOwnRunId();
    },
  );

  test(
    "names its own user wherever an event names one",
    { meta: { id: "FLOW-03/user" }, tags: ["premerge"] },
    async ({ token, openSocket, expect }) => {
      await using socket = await openSocket({ token });

      const run = await socket.runAgent({ message: TOOL_REQUEST });

      expect(run).toBelongTo(token.user);
    },
  );

  test(
    "stamps its events in order, within its own time",
    { meta: { id: "FLOW-03/timestamps" }, tags: ["premerge"] },
    async ({ token, openSocket, clockSkewMs, expect }) => {
      await using socket = await openSocket({ token });

      const run = await socket.runAgent({ message: TOOL_REQUEST });

      expect(run).toBeTimestampedInOrder(clockSkewMs);
    },
  );

  test(
    "says what it thinks, which tool it uses and what came of it",
    { meta: { id: "FLOW-04/content" }, tags: ["premerge"] },
    async ({ token, openSocket, expect }) => {
      await using socket = await openSocket({ token });

      const run = await socket.runAgent({ message: TOOL_REQUEST });

      expect(run).toCarryContent();
    },
  );

  test(
    "is tied to its request by the thread that the request chose",
    { meta: { id: "FLOW-04/thread" }, tags: ["premerge"] },
    async ({ token, openSocket, tieOf, expect }) => {
      await using socket = await openSocket({ token });

      const run = await socket.runAgent({ message: TOOL_REQUEST });

      expect(run).toStayOnItsThread();
      expect(await tieOf(token, run)).not.toBe("nothing");
    },
  );

  test(
    "answers what it was asked",
    { meta: { id: "FLOW-04/answer" }, tags: ["premerge"] },
    async ({ token, openSocket, agent, expect }) => {
      await using socket = await openSocket({ token });
      const nonce = createNonce();

      const run = await socket.runAgent({ message: `${TOOL_REQUEST} (${nonce})` });

      expect(run).toEcho(nonce, agent);
    },
  );

  test(
    "begins, goes on and ends within a person's patience",
    { meta: { id: "FLOW-08/pace" }, tags: ["premerge"] },
    async ({ token, openSocket, measure, expect }) => {
      await using socket = await openSocket({ token });

      const run = await socket.runAgent({ message: TOOL_REQUEST });

      measure("longest gap between events", run.longestGapMs);
      expect(run.firstEventMs, "first event").toBeLessThan(BUDGET_MS.firstEvent);
      expect(run.longestGapMs, "longest gap between events").toBeLessThan(BUDGET_MS.eventGap);
      expect(run.completedMs, "whole run").toBeLessThan(BUDGET_MS.wholeRun);
    },
  );

  test(
    "tells its duration in milliseconds",
    { meta: { id: "FLOW-08/duration" }, tags: ["premerge"] },
    async ({ token, openSocket, expect }) => {
      await using socket = await openSocket({ token });

      const run = await socket.runAgent({ message: TOOL_REQUEST });

      expect(run).toTellItsDurationInMilliseconds();
    },
  );
});

const LONGER_THAN_MS = 60_000;
const PATIENCE_MS = 150_000;
const SILENCE_MS = 30_000;

test(
  "a run that takes longer than a minute still completes",
  { meta: { id: "FLOW-13" }, tags: ["nightly"] },
  async ({ token, openSocket, expect }) => {
    await using socket = await openSocket({ token });

    const run = socket.startRun({ message: "run for 65 seconds, then count to three" });
    await run.completed(PATIENCE_MS, SILENCE_MS);

    expect(run).toEndOnce();
    expect(run.completedMs, "how long the agent ran: a shorter run says nothing about this").toBeGreaterThan(
      LONGER_THAN_MS,
    );
  },
);
