/** Lie 21, red with E2E_FOCUSED: `.only` runs the case that passes, and not the one beside it that would fail. */
import { test } from "../../../../fixtures/index.ts";

test.only("the backend is healthy", { meta: { id: "HEALTH-21/only" } }, async ({ backend }) => {
  await backend.get("/health");
});

test("the backend serves threads", { meta: { id: "HEALTH-21/only-hidden" } }, async ({ backend }) => {
  await backend.get("/api/threads");
});
