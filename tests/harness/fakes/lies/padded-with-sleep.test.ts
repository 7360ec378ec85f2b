/** Lie 7, rejected with NOTHING_TOUCHED: a sleep that is as long as the network would take. */
import { setTimeout as sleep } from "node:timers/promises";
import { test } from "../../../../fixtures/index.ts";

test("the backend is healthy", { meta: { id: "HEALTH-07/padded-with-sleep" } }, async ({ expect }) => {
  await sleep(150);

  expect({ status: "healthy" }).toMatchObject({ status: "healthy" });
});
