/** Lie 20, fault with E2E_CASE_WITHOUT_ID: a case without an id can vanish unnoticed. */
import { test } from "../../../../fixtures/index.ts";

test("the backend is healthy", async ({ backend }) => {
  await backend.get("/health");
});
