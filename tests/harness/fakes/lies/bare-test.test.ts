/** Lie 39, rejected with NO_LEDGER: `test` comes from vitest itself, so nobody watches. */
import { expect, test } from "vitest";

test("the backend is healthy", { meta: { id: "HEALTH-39/bare-test" } }, () => {
  expect({ status: "healthy" }).toMatchObject({ status: "healthy" });
});
