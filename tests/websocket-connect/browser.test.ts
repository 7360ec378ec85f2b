import { createNonce, test } from "../../fixtures/index.ts";

test(
  "the frontend's own page in a browser is greeted as its user, and what it asks for reaches the user elsewhere",
  { meta: { id: "CONN-15" }, tags: ["needs-browser"] },
  async ({ token, target, openSocket, openPage, reachOf, note, expect }) => {
    await using elsewhere = await openSocket({ token });
    await using page = await openPage();

    const socket = await page.openSocket(token);
    const run = await socket.runAgent(`which tool would you use to count to three? ${createNonce()}`);
    const reach = await reachOf(run, elsewhere, token);

    note(`a run asked for in the browser shows up in ${reach}`);
    expect(socket.origin).toBe(new URL(target.urls.frontend).origin);
    expect(socket.protocol).toBe("jwt-auth");
    expect(socket.welcome).toShowUser(token.user);
    expect(run).toFollowTheGrammar();
    expect(reach).not.toBe("nowhere");
  },
);
