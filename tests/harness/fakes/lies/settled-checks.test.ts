/** Lie 14, rejected with SWALLOWED_CHECK: checks are settled, however they ended, and only counted. */
import { test } from "../../../../fixtures/index.ts";

test("both services answer", { meta: { id: "HEALTH-14/settled-checks" } }, async ({ backend, auth, expect }) => {
  const checks = await Promise.allSettled([
    backend.get("/health").then(({ text }) => {
      expect(text).toBe("a body that no backend sends");
    }),
    auth.get("/health").then(({ text }) => {
      expect(text).not.toBe("");
    }),
  ]);

  expect(checks).toHaveLength(2);
});
