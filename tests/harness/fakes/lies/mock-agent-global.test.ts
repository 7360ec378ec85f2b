/** Lie 2, rejected with NOTHING_TOUCHED: undici's MockAgent is the global dispatcher. */
import { MockAgent, request, setGlobalDispatcher } from "undici";
import { test } from "../../../../fixtures/index.ts";

test("the backend is healthy", { meta: { id: "HEALTH-02/mock-agent-global" } }, async ({ target, expect }) => {
  const agent = new MockAgent();
  agent.get(target.urls.backend).intercept({ path: "/health" }).reply(200, { status: "healthy" });
  setGlobalDispatcher(agent);

  const answer = await request(new URL("/health", target.urls.backend));

  expect(await answer.body.json()).toEqual({ status: "healthy" });
});
