/** Lie 2, rejected with NOT_A_SOCKET: MSW answers an own fetch in the backend's place. */
import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { test } from "../../../../fixtures/index.ts";

const server = setupServer(http.get("*/health", () => HttpResponse.json({ status: "healthy" })));

test("the backend is healthy", { meta: { id: "HEALTH-02/msw" } }, async ({ target, expect }) => {
  server.listen();

  const { status } = await fetch(new URL("/health", target.urls.backend));

  expect(status).toBe(200);
  server.close();
});
