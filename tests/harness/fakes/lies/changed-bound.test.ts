/** Lie 13, fault with E2E_CASE_MISSING, E2E_FILE_BROKEN: a bound of the suite is moved out of the way. */
import { BOUNDS, test } from "../../../../fixtures/index.ts";

Object.assign(BOUNDS, { clockSkewSeconds: 100_000 });

test("the backend shares our clock", { meta: { id: "HEALTH-13/changed-bound" } }, async ({ backend, expect }) => {
  const answer = await backend.get("/health");

  expect(answer).toShareOurClock();
});
