/** Lie 42, rejected with PROOF_MISSING: a real exchange, and an assertion about something else. */
import { test } from "../../../../fixtures/index.ts";

test("the backend serves threads", { meta: { id: "HEALTH-42/something-else" } }, async ({ backend, expect }) => {
  await backend.get("/health");

  expect([]).toHaveLength(0);
});
