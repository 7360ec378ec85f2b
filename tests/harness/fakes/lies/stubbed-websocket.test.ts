/** Lie 2, rejected with NOTHING_TOUCHED: the global WebSocket is stubbed. */
import { vi } from "vitest";
import { test } from "../../../../fixtures/index.ts";

vi.stubGlobal(
  "WebSocket",
  class extends EventTarget {
    constructor() {
      super();
      setTimeout(() => this.dispatchEvent(new MessageEvent("message", { data: "connection_established" })), 20);
    }
  },
);

test("a token is welcomed", { meta: { id: "HEALTH-02/stubbed-websocket" } }, async ({ target, expect }) => {
  const socket = new WebSocket(target.websocket);

  const welcome = await new Promise((resolve) => {
    socket.addEventListener("message", ({ data }) => resolve(data));
  });

  expect(welcome).toBe("connection_established");
});
