/** Lie 2, fault with E2E_FOREIGN_IMPORT: a module mock of ws would upgrade, greet and echo; it reaches no client. */
import { EventEmitter } from "node:events";
import { vi } from "vitest";
import { test } from "../../../../fixtures/index.ts";

vi.mock("ws", () => ({
  WebSocket: class extends EventEmitter {
    readonly OPEN = 1;
    readonly CLOSED = 3;
    readyState = 1;
    readonly protocol = "";

    constructor() {
      super();
      setTimeout(() => {
        this.emit("open");
        this.emit("message", JSON.stringify({ type: "connection_established", connection_id: "ws_1" }), false);
      }, 50);
    }

    ping(payload: Buffer): void {
      setTimeout(() => this.emit("pong", payload), 50);
    }

    close(code: number): void {
      this.readyState = this.CLOSED;
      this.emit("close", code, Buffer.alloc(0));
    }
  },
}));

test("a token is welcomed", { meta: { id: "HEALTH-02/mocked-ws" } }, async ({ token, openSocket, expect }) => {
  await using socket = await openSocket({ token });

  expect(socket.isOpen).toBe(true);
});
