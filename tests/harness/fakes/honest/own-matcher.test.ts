/** Honest: a matcher with a name of its own, and checks that hold where others would not. */
import { test } from "../../../../fixtures/index.ts";

test("the backend's health is an object", { meta: { id: "HEALTH-01/own-matcher" } }, async ({ backend, expect }) => {
  expect.extend({ toBeAnObject: (text: string) => ({ pass: text.startsWith("{"), message: () => "no object" }) });

  const { text } = await backend.get("/health");

  expect(text).not.toBe("");
  expect(expect(text)).toHaveProperty("toBeAnObject");
});
