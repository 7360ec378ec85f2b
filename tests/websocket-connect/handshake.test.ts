import { describe, test } from "../../fixtures/index.ts";

describe("the WebSocket handshake", () => {
  test(
    "a token in the Authorization header is upgraded in time and welcomed as its own user",
    { meta: { id: "CONN-01" }, tags: ["premerge"] },
    async ({ token, openSocket, measure, expect }) => {
      await using socket = await openSocket({ token });

      measure("upgrade", socket.timingMs.upgrade);
      expect(socket.protocol).toBe("");
      expect(socket.timingMs).toBeTimely("upgrade");
    },
  );

  test(
    "a token offered the frontend's way, from its origin, is welcomed under the subprotocol jwt-auth",
    { meta: { id: "CONN-02" }, tags: ["premerge"] },
    async ({ token, target, openSocket, expect }) => {
      await using socket = await openSocket({
        token,
        carrier: "subprotocol",
        origin: new URL(target.urls.frontend).origin,
      });

      expect(socket.protocol).toBe("jwt-auth");
    },
  );

  test(
    "the welcome is the first frame, comes in time and names the token's own user",
    { meta: { id: "CONN-04/own-user" }, tags: ["premerge"] },
    async ({ token, openSocket, measure, expect }) => {
      await using socket = await openSocket({ token });

      measure("welcome", socket.timingMs.welcome);
      expect(socket.welcome).toShowUser(token.user);
      expect(socket.timingMs).toBeTimely("welcome");
    },
  );

  test(
    "two connections of one user are welcomed under different connection ids",
    { meta: { id: "CONN-04/fresh-id" }, tags: ["premerge"] },
    async ({ token, openSocket, expect }) => {
      await using first = await openSocket({ token });
      await using second = await openSocket({ token });

      expect([first.welcome.connectionId, second.welcome.connectionId]).toBeDistinctIds();
    },
  );

  test(
    "the page of another site is refused, or let in as the token's own user and recorded as a weakness",
    { meta: { id: "CONN-11" } },
    async ({ token, tryForeignOrigin }) => {
      await tryForeignOrigin({ token, carrier: "subprotocol", origin: "https://elsewhere.example" });
    },
  );
});

describe("the load balancer and the service behind it", () => {
  test(
    "a token in the Authorization header is welcomed through both",
    { meta: { id: "CONN-12/header" }, tags: ["needs-direct-url"] },
    async ({ token, openSocket, expect }) => {
      await using direct = await openSocket({ token, service: "direct" });
      await using balanced = await openSocket({ token });

      expect(balanced.welcome.form).toBe(direct.welcome.form);
    },
  );

  test(
    "a token in the subprotocol is welcomed through both under the same subprotocol",
    { meta: { id: "CONN-12/subprotocol" }, tags: ["needs-direct-url"] },
    async ({ token, openSocket, expect }) => {
      await using direct = await openSocket({ token, carrier: "subprotocol", service: "direct" });
      await using balanced = await openSocket({ token, carrier: "subprotocol" });

      expect(balanced.protocol).toBe(direct.protocol);
    },
  );

  test(
    "a missing token is refused in the same way through both",
    { meta: { id: "CONN-12/refusal" }, tags: ["needs-direct-url"] },
    async ({ expectRefusal, expect }) => {
      const direct = await expectRefusal({ service: "direct" });
      const balanced = await expectRefusal({});

      expect([balanced.stage, balanced.status, balanced.closeCode]).toEqual([
        direct.stage,
        direct.status,
        direct.closeCode,
      ]);
    },
  );
});

const encode = (token: string): string => Buffer.from(token).toString("base64url");

/** Offers of clients beside the frontend's own (CONN-02): each names `jwt-auth`, which comes back, and carries its token (contract §2.3, §2.4). */
const WORKING_OFFERS = [
  { slug: "token-first", offer: (token: string) => [`jwt.${encode(token)}`, "jwt-auth"] },
  { slug: "raw-token", offer: (token: string) => ["jwt-auth", `jwt.${token}`] },
  { slug: "jwt-auth-token", offer: (token: string) => ["jwt-auth", `jwt-auth.${encode(token)}`] },
  { slug: "bearer-token", offer: (token: string) => ["jwt-auth", `bearer.${encode(token)}`] },
  { slug: "third-protocol", offer: (token: string) => ["jwt-auth", `jwt.${encode(token)}`, "e2e-testing"] },
];

describe("the subprotocols that a client offers", () => {
  for (const { slug, offer } of WORKING_OFFERS) {
    test(
      `an offer with jwt-auth in it is accepted under that name: ${slug}`,
      { meta: { id: `CONN-03/${slug}` } },
      async ({ token, openSocket, expect }) => {
        await using socket = await openSocket({ token, carrier: "subprotocol", protocols: offer(token.value) });

        expect(socket.protocol).toBe("jwt-auth");
      },
    );
  }

  test(
    "jwt-auth offered beside a token in the Authorization header is echoed",
    { meta: { id: "CONN-03/name-and-header" } },
    async ({ token, openSocket, expect }) => {
      await using socket = await openSocket({ token, protocols: ["jwt-auth"] });

      expect(socket.protocol).toBe("jwt-auth");
    },
  );

  test(
    "an offer of the token alone is never answered with a subprotocol that was not offered",
    { meta: { id: "CONN-03/token-alone" } },
    async ({ token, negotiate }) => {
      await negotiate({ token, carrier: "subprotocol", protocols: [`jwt.${encode(token.value)}`] });
    },
  );

  test(
    "an offer of unknown subprotocols alone is refused, or accepted without one",
    { meta: { id: "CONN-03/unknown-alone" } },
    async ({ token, negotiate }) => {
      await negotiate({ token, protocols: ["graphql-transport-ws", "mqtt"] });
    },
  );
});
