import { describe, LIMITS, test } from "../../fixtures/index.ts";

/** Longer than each idle limit that staging has had: 30 s (serverless NEG), 60 s, 120 s (clean-up), 300 s (connection). */
const IDLE_SECONDS = [35, 65, 125, 305];
/** A little more often than the frontend (30 s), so that an idle limit of 30 s is not a race. */
const PING_EVERY_MS = 25_000;
const NOT_UTF8 = Buffer.from([0xc3, 0x28]);

describe("the end of a connection", () => {
  test(
    "a close from the client is answered with a close frame of the same code",
    { meta: { id: "CONN-09/client-close" }, tags: ["premerge"] },
    async ({ token, openSocket, expect }) => {
      await using socket = await openSocket({ token });

      expect(await socket.close(1000, "done")).toMatchObject({ code: 1000 });
      expect(socket.isOpen).toBe(false);
    },
  );

  test(
    "a text message that is not UTF-8 makes the server close with 1007",
    { meta: { id: "CONN-09/server-close" }, tags: ["premerge"] },
    async ({ token, openSocket, expect }) => {
      await using socket = await openSocket({ token });

      socket.sendAsText(NOT_UTF8);

      expect(await socket.nextClose()).toMatchObject({ code: 1007 });
    },
  );

  test(
    "a user whose connections are all closed can open as many again",
    { meta: { id: "CONN-09/places" }, tags: ["premerge"] },
    async ({ token, openCrowd, expect }) => {
      const allowed = Array.from({ length: LIMITS.connectionsPerUser }, () => token);
      await using first = await openCrowd(allowed);
      await first.close();

      await using again = await openCrowd(allowed);

      expect(again.sockets).toHaveLength(LIMITS.connectionsPerUser);
    },
  );

  test(
    "a user whose connections all dropped comes back under new ids, and the old ones hold no place",
    { meta: { id: "CONN-10" } },
    async ({ token, openCrowd, expect }) => {
      const allowed = Array.from({ length: LIMITS.connectionsPerUser }, () => token);
      await using lost = await openCrowd(allowed);
      await lost.drop();

      await using back = await openCrowd(allowed);

      expect([...lost.connectionIds, ...back.connectionIds]).toBeDistinctIds();
    },
  );
});

describe("a connection that nobody uses", () => {
  for (const seconds of IDLE_SECONDS) {
    test(
      `stays open for ${seconds} s where the client pings`,
      { meta: { id: `CONN-13/pinged-${seconds}s` }, tags: ["nightly"] },
      async ({ token, openSocket, idle, expect }) => {
        await using socket = await openSocket({ token });

        expect(await idle(socket, seconds * 1000, PING_EVERY_MS)).toMatchObject({ close: null });
      },
    );

    test(
      `stays open for ${seconds} s in silence, or is closed with a close frame`,
      { meta: { id: `CONN-13/silent-${seconds}s` }, tags: ["nightly"] },
      async ({ token, openSocket, idle, expect }) => {
        await using socket = await openSocket({ token });

        expect(await idle(socket, seconds * 1000)).not.toHaveProperty("close.code", 1006);
      },
    );
  }
});
