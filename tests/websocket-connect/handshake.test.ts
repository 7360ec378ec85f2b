import { describe, test } from "../../fixtures/index.ts";

describe("the WebSocket handshake", () => {
  test(
    "a token in the Authorization header is welcomed as its own user",
    { meta: { id: "CONN-01" }, tags: ["premerge"] },
    async ({ token, openSocket, expect }) => {
      await using socket = await openSocket({ token });

      expect(socket.protocol).toBe("");
    },
  );
});
