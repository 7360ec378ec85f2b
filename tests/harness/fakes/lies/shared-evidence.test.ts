/** Lie 32, rejected with NOTHING_TOUCHED: two cases that run at the same time live on the traffic of one. */
import { test } from "../../../../fixtures/index.ts";

const { promise: answer, resolve: share } = Promise.withResolvers<number>();

test("the backend answers", { meta: { id: "HEALTH-32/shared-evidence-accomplice" } }, async ({ backend }) => {
  const { status } = await backend.get("/health");
  share(status);
});

test("the backend is healthy", { meta: { id: "HEALTH-32/shared-evidence" } }, async ({ expect }) => {
  expect(await answer).toBe(200);
});
