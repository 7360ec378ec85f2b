/** Lie 21, rejected with PASSED_ON_RETRY: the case is run until it passes. */
import { test } from "../../../../fixtures/index.ts";

let attempt = 0;

test("the backend is healthy", { retry: 3, meta: { id: "HEALTH-21/passed-on-retry" } }, async ({ backend, expect }) => {
  attempt += 1;
  await backend.get("/health");

  expect(attempt).toBeGreaterThan(1);
});
