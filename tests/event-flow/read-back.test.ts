import { describe, test } from "../../fixtures/index.ts";

describe("the thread of a run, read back over REST", () => {
  test(
    "holds the message as it was sent",
    { meta: { id: "FLOW-09/message" } },
    async ({ token, openSocket, readThread, expect }) => {
      await using socket = await openSocket({ token });

      const { threadId, message } = await socket.runAgent({ message: "count to three, and say why" });
      const messages = await readThread(token, threadId, (all) => all.some(({ role }) => role === "user"));

      expect(messages).toHoldMessageOf("user", message);
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
