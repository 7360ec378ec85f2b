import { describe, test } from "../../fixtures/index.ts";

/** Paths that clients have tried and no revision routes; an upgrade there is HTTP 403 or 404 (contract §2.1). */
const UNROUTED = [
  { path: "/api/ws", slug: "api-ws" },
  { path: "/api/websocket", slug: "api-websocket" },
  { path: "/v1/ws", slug: "v1-ws" },
  { path: "/v1/websocket", slug: "v1-websocket" },
  { path: "/api/v1/websocket", slug: "api-v1-websocket" },
];

/** Ways into other modes of the socket; a revision that lacks them need not route them (contract §2.1). */
const MODES = [
  { path: "/ws/factory", slug: "ws-factory" },
  { path: "/ws/isolated", slug: "ws-isolated" },
  { path: "/ws?mode=legacy", slug: "ws-mode-legacy" },
];

describe("the WebSocket routes", () => {
  test(
    "/ws serves a user with a token, and nobody without one",
    { meta: { id: "CONN-05/ws" }, tags: ["premerge"] },
    async ({ token, openSocket, expectRefusal }) => {
      await using socket = await openSocket({ token, path: "/ws" });

      await socket.settle();
      await expectRefusal({ path: "/ws" });
    },
  );

  test(
    "/websocket serves a user with a token, and nobody without one",
    { meta: { id: "CONN-05/websocket" }, tags: ["premerge"] },
    async ({ token, openSocket, expectRefusal }) => {
      await using socket = await openSocket({ token, path: "/websocket" });

      await socket.settle();
      await expectRefusal({ path: "/websocket" });
    },
  );

  test(
    "/ws/test is there, and runs no agent without a token",
    { meta: { id: "CONN-05/ws-test" }, tags: ["premerge"] },
    async ({ token, openEcho, expectNoAgent, expect }) => {
      await using echo = await openEcho({ token, path: "/ws/test" });

      expect(echo.isOpen).toBe(true);
      await expectNoAgent("/ws/test");
    },
  );

  test(
    "the demonstration socket, where there is one, runs no agent without a token",
    { meta: { id: "CONN-05/api-demo-ws" } },
    async ({ expectNoAgent }) => {
      await expectNoAgent("/api/demo/ws");
    },
  );

  for (const { path, slug } of UNROUTED) {
    test(
      `${path} is no WebSocket route, with a token or without`,
      { meta: { id: `CONN-05/${slug}` }, tags: ["premerge"] },
      async ({ token, expectRefusal }) => {
        await Promise.all([expectRefusal({ path, token }, "not-routed"), expectRefusal({ path }, "not-routed")]);
      },
    );
  }

  for (const { path, slug } of MODES) {
    test(`${path} lets nobody in without a token`, { meta: { id: `CONN-05/${slug}` } }, async ({ expectRefusal }) => {
      await expectRefusal({ path }, "refused-or-absent");
    });
  }
});
