import {
  BUDGET_MS,
  compareAfterReconnect,
  createNonce,
  describe,
  test,
  threadListSchema,
} from "../../fixtures/index.ts";

describe("several runs on one connection", () => {
  test(
    "one after the other each answer their own request",
    { meta: { id: "FLOW-06/one-after-the-other" } },
    async ({ token, openSocket, agent, expect }) => {
      await using socket = await openSocket({ token });
      const [first, second, third] = [createNonce(), createNonce(), createNonce()];

      const countRun = await socket.runAgent({ message: `count to three (${first})` });
      const sumRun = await socket.runAgent({ message: `calculate 6 * 7 (${second})` });
      const lastRun = await socket.runAgent({ message: `count to three (${third})` });

      expect(countRun).toEcho(first, agent);
      expect(sumRun).toEcho(second, agent);
      expect(lastRun).toEcho(third, agent);
      expect(sumRun.answer, "the answer to another question").not.toBe(countRun.answer);
      expect(socket).toHearNoOtherRun();
    },
  );

  test(
    "interleaved do not mix",
    { meta: { id: "FLOW-06/interleaved" } },
    async ({ token, openSocket, agent, expect }) => {
      await using socket = await openSocket({ token });
      const [first, second] = [createNonce(), createNonce()];

      const countRun = socket.startRun({ message: `count to three (${first})` });
      const sumRun = socket.startRun({ message: `calculate 6 * 7 (${second})` });
      const runs = await Promise.all([countRun.completed(), sumRun.completed()]);

      expect(runs).toAllFollowTheGrammar();
      expect(countRun).toEcho(first, agent);
      expect(sumRun).toEcho(second, agent);
      expect(socket).toHearNoOtherRun();
    },
  );
});

test(
  "another user's idle connection hears nothing of a run",
  { meta: { id: "FLOW-10" } },
  async ({ signIn, openSocket, expect }) => {
    await using speaker = await openSocket({ token: await signIn() });
    await using bystander = await openSocket({ token: await signIn() });

    await speaker.runAgent({ message: "count to three" });
    await bystander.settle();

    expect(bystander).toHearNoOtherRun();
  },
);

describe("a run whose client drops off in the middle", () => {
  test(
    "comes back neither twice nor in another's place after the reconnect",
    { meta: { id: "FLOW-11/events" } },
    async ({ token, openSocket, note, expect }) => {
      await using before = await openSocket({ token });
      const cutRun = before.startRun({ message: "count to three" });
      await cutRun.nextEvent("agent_thinking");
      await before.drop();

      await using after = await openSocket({ token });
      const nextRun = await after.runAgent({ message: "count to three" });

      const { lost, doubled, foreign } = compareAfterReconnect(cutRun, after);
      note(`lost by a client that dropped off in mid-run: ${lost.join(", ") || "nothing"}`);
      expect(doubled.join(", "), "events that came again after the reconnect").toBe("");
      expect(foreign.join(", "), "events of runs that this user did not ask for").toBe("");
      expect(nextRun).toEndOnce();
    },
  );

  test(
    "goes on without it: the answer can be read back",
    { meta: { id: "FLOW-11/answer" } },
    async ({ token, openSocket, readThread, expect }) => {
      await using socket = await openSocket({ token });
      const run = socket.startRun({ message: "count to three" });
      await run.begun();
      await socket.drop();

      const isAnswered = (all: readonly { role: string }[]): boolean => all.some(({ role }) => role === "assistant");
      const messages = await readThread(token, run.threadId, isAnswered, BUDGET_MS.agentRun);

      expect(messages).toHoldMessageOf("assistant");
    },
  );
});

describe("the thread of a run, read back over REST", () => {
  test(
    "holds the message as it was sent, and once",
    { meta: { id: "FLOW-09/message" } },
    async ({ token, openSocket, readThread, expect }) => {
      await using socket = await openSocket({ token });

      const { threadId, message } = await socket.runAgent({ message: "count to three, and say why" });
      const messages = await readThread(token, threadId, (all) => all.some(({ role }) => role === "user"));

      expect(messages).toHoldMessageOf("user", message);
      expect(
        messages.filter(({ role }) => role === "user"),
        "messages of the user",
      ).toHaveLength(1);
    },
  );

  test(
    "holds the agent's answer",
    { meta: { id: "FLOW-09/answer" } },
    async ({ token, openSocket, readThread, expect }) => {
      await using socket = await openSocket({ token });

      const { threadId } = await socket.runAgent({ message: "count to three" });
      const messages = await readThread(token, threadId, (all) => all.some(({ role }) => role === "assistant"));

      expect(messages).toContainEqual({
        role: "assistant",
        content: expect.stringMatching(/\S/),
        id: expect.any(String),
      });
    },
  );

  test(
    "is refused to whoever has no token",
    { meta: { id: "FLOW-09/anonymous" } },
    async ({ token, openSocket, backend }) => {
      await using socket = await openSocket({ token });

      const { threadId } = await socket.runAgent({ message: "count to three" });

      await backend.get(`/api/threads/${threadId}/messages`, { expect: "refused" });
    },
  );

  test(
    "stands in no list of another user",
    { meta: { id: "FLOW-09/unlisted" } },
    async ({ token, signIn, openSocket, backend, expect }) => {
      await using socket = await openSocket({ token });
      const stranger = await signIn();

      const { threadId } = await socket.runAgent({ message: "count to three" });
      const threads = await backend.get("/api/threads", { token: stranger });
      const messages = await backend.get("/api/chat/messages", { token: stranger });

      threads.json(threadListSchema);
      expect(threads.text, "the stranger's threads").not.toContain(threadId);
      expect(messages.text, "the stranger's messages").not.toContain(threadId);
    },
  );

  test(
    "is hidden from another user",
    { meta: { id: "FLOW-09/hidden" } },
    async ({ token, signIn, openSocket, backend }) => {
      await using socket = await openSocket({ token });
      const stranger = await signIn();

      const { threadId } = await socket.runAgent({ message: "count to three" });

      await backend.get(`/api/threads/${threadId}/messages`, { token: stranger, expect: "not-theirs" });
    },
  );
});
