import { agentAnswerSchema, agentFailureSchema, describe, readError, test } from "../../fixtures/index.ts";

/** All but `user_message`, which every other case of a run sends. */
const MESSAGE_TYPES = [
  { type: "user", slug: "user" },
  { type: "user_input", slug: "user-input" },
  { type: "chat_message", slug: "chat-message" },
  { type: "message", slug: "message" },
  { type: "chat", slug: "chat" },
  { type: "start_agent", slug: "start-agent" },
  { type: "execute_agent", slug: "execute-agent" },
  { type: "EXECUTE_AGENT", slug: "execute-agent-in-capitals" },
  { type: "agent_request", slug: "agent-request" },
  { type: "agent", slug: "agent" },
] as const;

const BAD_REQUESTS = [
  { slug: "no-text", what: "a user_message without text", type: "user_message", payload: {} },
  { slug: "empty-text", what: "a user_message with an empty text", type: "user_message", payload: { content: "" } },
  { slug: "number-as-text", what: "a chat whose text is a number", type: "chat", payload: { content: 3 } },
  { slug: "no-request", what: "a start_agent without user_request", type: "start_agent", payload: {} },
  { slug: "no-message", what: "an agent_request without message", type: "agent_request", payload: {} },
] as const;

const INCOMPLETE_BODIES = [
  { slug: "no-type", what: "type", json: { message: "count to three" } },
  { slug: "no-message", what: "message", json: { type: "triage" } },
] as const;

describe("a request for a run over the socket", () => {
  for (const { type, slug } of MESSAGE_TYPES) {
    test(
      `of type ${type} leads to a run`,
      { meta: { id: `FLOW-05/${slug}` } },
      async ({ token, openSocket, expect }) => {
        await using socket = await openSocket({ token });

        const run = await socket.runAgent({ type, message: "count to three" });

        expect(run.isOver).toBe(true);
      },
    );
  }

  for (const { slug, what, type, payload } of BAD_REQUESTS) {
    test(
      `that is bad (${what}) gets a visible error, and the connection lives`,
      { meta: { id: `FLOW-07/${slug}` } },
      async ({ token, openSocket, expect }) => {
        await using socket = await openSocket({ token });

        socket.send({ type, payload });
        const error = await socket.nextFrame((frame) => readError(frame) !== undefined, "error frame");
        await socket.settle();

        expect(readError(error)?.message).toMatch(/\S/);
      },
    );
  }
});

describe("a request for a run over REST", () => {
  test(
    "is answered by the agent that it names",
    { meta: { id: "FLOW-12/success" } },
    async ({ token, backend, expect }) => {
      const answer = await backend.post("/api/agents/execute", {
        token,
        json: { type: "triage", message: "count to three" },
      });

      expect(answer.json(agentAnswerSchema)).toMatchObject({
        status: "success",
        agent: "triage",
        response: expect.stringMatching(/\S/),
        error: null,
      });
    },
  );

  for (const { slug, what, json } of INCOMPLETE_BODIES) {
    test(`without ${what} is invalid`, { meta: { id: `FLOW-12/${slug}` } }, async ({ token, backend }) => {
      await backend.post("/api/agents/execute", { token, json, expect: "invalid" });
    });
  }

  test(
    "that asks for a failure fails visibly",
    { meta: { id: "FLOW-12/forced-failure" } },
    async ({ token, backend, expect }) => {
      const answer = await backend.post("/api/agents/execute", {
        token,
        json: { type: "triage", message: "FORCE_ERROR" },
        expect: "forced-error",
      });

      expect(answer.json(agentFailureSchema)).toBeDefined();
    },
  );

  test(
    "that takes longer than the agent may says so",
    { meta: { id: "FLOW-12/timeout" }, tags: ["nightly"] },
    async ({ token, backend, expect }) => {
      const answer = await backend.post("/api/agents/execute", {
        token,
        json: { type: "triage", message: "TIMEOUT" },
      });

      expect(answer.json(agentAnswerSchema)).toMatchObject({ status: "timeout" });
    },
  );
});
