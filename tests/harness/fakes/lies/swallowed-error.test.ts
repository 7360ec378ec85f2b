/** Lie 14, rejected with UNDECLARED_OUTCOME: the client's error is caught and forgotten. */
import { test } from "../../../../fixtures/index.ts";

test("the backend serves threads", { meta: { id: "HEALTH-14/swallowed-error" } }, async ({ backend, expect }) => {
  try {
    await backend.get("/api/threads");
  } catch {
    // Probably a hiccup.
  }

  expect(backend.service).toBe("backend");
});
