/** Lie 14, rejected with SWALLOWED_CHECK: a check fails, and its error is caught. */
import { test } from "../../../../fixtures/index.ts";

test("the backend's text is right", { meta: { id: "HEALTH-14/swallowed-check" } }, async ({ backend, expect }) => {
  const { text } = await backend.get("/health");
  try {
    expect(text).toBe("a body that no backend sends");
  } catch {
    // Flaky.
  }
});
