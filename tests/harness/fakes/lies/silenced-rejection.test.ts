/** Lie 25, rejected with CHECK_REPLACED, SWALLOWED_CHECK: nobody awaits a check, and the file hears its error instead of Vitest. */
import { test } from "../../../../fixtures/index.ts";

process.on("unhandledRejection", () => undefined);

test("the backend's text is right", { meta: { id: "HEALTH-25/silenced-rejection" } }, async ({ backend, expect }) => {
  const { text } = await backend.get("/health");

  void Promise.resolve(text).then((value) => {
    expect(value).toBe("a body that no backend sends");
  });
  await backend.get("/health");
});
