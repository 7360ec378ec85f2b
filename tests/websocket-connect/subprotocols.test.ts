import { describe, test } from "../../fixtures/index.ts";

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
