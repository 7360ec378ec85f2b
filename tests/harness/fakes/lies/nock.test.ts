/** Lie 2, rejected with NOT_A_SOCKET: nock answers an own https request in the backend's place. */
import { once } from "node:events";
import { get } from "node:https";
import nock from "nock";
import { test } from "../../../../fixtures/index.ts";

test("the backend is healthy", { meta: { id: "HEALTH-02/nock" } }, async ({ target, expect }) => {
  nock(target.urls.backend).get("/health").reply(200, { status: "healthy" });

  const [answer]: unknown[] = await once(get(new URL("/health", target.urls.backend)), "response");

  expect(answer).toMatchObject({ statusCode: 200 });
});
