import { createNonce, describe, test } from "../../fixtures/index.ts";

describe("the frontend's page in a real browser", () => {
  test(
    "a socket opened from the page is greeted as its user, and what it asks for reaches the user elsewhere",
    { meta: { id: "CONN-15/page-socket" }, tags: ["needs-browser"] },
    async ({ token, target, openSocket, openPage, reachOf, note, expect }) => {
      await using elsewhere = await openSocket({ token, carrier: "subprotocol" });
      await using page = await openPage();

      const socket = await page.openSocket(token);
      const run = await socket.runAgent(`which tool would you use to count to three? ${createNonce()}`);
      const reach = await reachOf(run, elsewhere, token);

      note(`a run asked for in the browser shows up in ${reach}`);
      expect(socket.origin).toBe(new URL(target.urls.frontend).origin);
      expect(socket.protocol).toBe("jwt-auth");
      expect(run).toFollowTheGrammar();
      expect(reach).not.toBe("nowhere");
    },
  );

  test(
    "the frontend's own code, finding a user's token, is greeted as that user, or opens no socket without a login",
    { meta: { id: "CONN-15/own-code" }, tags: ["needs-browser"] },
    async ({ token, target, openSocket, openPage, note, expect }) => {
      await using elsewhere = await openSocket({ token, carrier: "subprotocol" });
      await using page = await openPage({ path: "/chat", storedToken: token });

      const socket = await page.ownSocket(token);

      note(`the page's own socket: ${socket?.path ?? "none without a login"}`);
      expect(socket?.origin ?? page.origin).toBe(new URL(target.urls.frontend).origin);
      expect([elsewhere.welcome.connectionId, socket?.welcome.connectionId ?? "none"]).toBeDistinctIds();
    },
  );
});
