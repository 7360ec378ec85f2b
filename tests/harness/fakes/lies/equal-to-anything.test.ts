/** Lie 13, rejected with CHECK_REPLACED: everything is made equal to everything. */
import { test } from "../../../../fixtures/index.ts";

test("the backend's text is right", { meta: { id: "HEALTH-13/equal-to-anything" } }, async ({ backend, expect }) => {
  expect.addEqualityTesters([() => true]);

  const { text } = await backend.get("/health");

  expect({ text }).toEqual({ text: "a body that no backend sends" });
});
