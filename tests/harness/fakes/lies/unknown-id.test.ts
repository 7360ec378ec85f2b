/** Lie 20, fault with E2E_CASE_UNKNOWN: a case that no manifest knows has nothing to prove. */
import { test } from "../../../../fixtures/index.ts";

test("the backend is healthy", { meta: { id: "HEALTH-20/unknown-id" } }, async ({ backend }) => {
  await backend.get("/health");
});
