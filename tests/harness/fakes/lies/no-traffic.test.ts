/** Lie 1, rejected with NOTHING_TOUCHED: no traffic at all. */
import { test } from "../../../../fixtures/index.ts";

test("the backend is healthy", { meta: { id: "HEALTH-01/no-traffic" } }, ({ expect }) => {
  expect({ status: "healthy" }).toMatchObject({ status: "healthy" });
});
