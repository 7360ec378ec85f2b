/** Lie 23, rejected with SWALLOWED_CHECK: the case says that a check fails. */
import { test } from "../../../../fixtures/index.ts";

test("the backend's text is right", { meta: { id: "HEALTH-23/inverted-check" } }, async ({ backend, expect }) => {
  const { text } = await backend.get("/health");

  expect(() => {
    expect(text).toBe("a body that no backend sends");
  }).toThrow();
});
