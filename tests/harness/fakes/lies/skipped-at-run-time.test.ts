/** Lie 37, fault with E2E_CASE_SKIPPED: the case skips itself where the target is not to its liking. */
import { test } from "../../../../fixtures/index.ts";

test("the backend is ready", { meta: { id: "HEALTH-37/skipped-at-run-time" } }, async ({ backend, skip }) => {
  const { status } = await backend.get("/health");

  skip(status === 200, "not the right moment");
});
