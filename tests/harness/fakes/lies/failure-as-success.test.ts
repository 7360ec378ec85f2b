/** Lie 16, rejected with FAILURE_DECLARED: a bare 500 is declared, so that any breakdown would do. */
import { test } from "../../../../fixtures/index.ts";

test("an agent is executed", { meta: { id: "HEALTH-16/failure-as-success" } }, async ({ backend, token, expect }) => {
  const json = { type: "triage", message: "FORCE_ERROR" };

  const { status } = await backend.post("/api/agents/execute", { token, json, expect: 500 });

  expect(status).toBe(500);
});
