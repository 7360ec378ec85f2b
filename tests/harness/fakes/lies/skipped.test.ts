/** Lie 20, fault with E2E_CASE_MISSING: a case that would fail is skipped. */
import { test } from "../../../../fixtures/index.ts";

test.skip("the backend is healthy", { meta: { id: "HEALTH-20/skipped" } }, async ({ backend }) => {
  await backend.get("/health");
});
