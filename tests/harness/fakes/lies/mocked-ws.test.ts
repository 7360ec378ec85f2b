/** Lie 2, rejected with ANSWER_WITHOUT_SOCKET: a module mock of ws upgrades, greets and echoes in the server's place. */
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
