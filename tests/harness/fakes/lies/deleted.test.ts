/** Lie 20, fault with E2E_CASE_MISSING: the case HEALTH-20/deleted, which the manifest expects, is gone. */
import { test } from "../../../../fixtures/index.ts";

test("the backend answers", { meta: { id: "HEALTH-20/deleted-accomplice" } }, async ({ backend }) => {
  await backend.get("/health");
});
