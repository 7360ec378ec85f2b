/** Lie 2, rejected with ANSWER_WITHOUT_SOCKET: undici's MockAgent takes the place of the suite's own dispatcher. */
import { Agent, MockAgent } from "undici";
import { test as suiteTest } from "../../../../fixtures/index.ts";

const test = suiteTest.extend("dispatcher", ({ target }) => {
  const mock = new MockAgent();
  mock.get(target.urls.backend).intercept({ path: "/health" }).reply(200, { status: "healthy" });
  const agent = new Agent();
  agent.dispatch = mock.dispatch.bind(mock);
  return agent;
});

test("the backend is healthy", { meta: { id: "HEALTH-02/mock-agent-passed-in" } }, async ({ backend }) => {
  await backend.get("/health");
});
