/** Lie 41, rejected with NOTHING_TOUCHED: the traffic is made before the case, where nothing is asserted. */
import { request } from "undici";
import { test } from "../../../../fixtures/index.ts";

let status = 0;

test.beforeAll(async ({ target, dispatcher }) => {
  const answer = await request(new URL("/health", target.urls.backend), { dispatcher });
  status = answer.statusCode;
  await answer.body.dump();
});

test("the backend is healthy", { meta: { id: "HEALTH-41/opened-before-all" } }, ({ expect }) => {
  expect(status).toBe(200);
});
