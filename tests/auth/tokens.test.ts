import {
  acceptedAs,
  IDENTITY_SOURCES,
  POOL_USERS,
  CALLED_INVALID,
  test,
  TOKEN,
  USER_PERMISSIONS,
  withBrokenSignature,
} from "../../fixtures/index.ts";

const EXCHANGE_TAGS = ["premerge", "needs-bypass-key"] as const;

test(
  "an exchanged token is the auth service's own, for the platform, in its user's name",
  { meta: { id: "AUTH-01/claims" }, tags: [...EXCHANGE_TAGS] },
  async ({ exchangeToken, expect }) => {
    const { algorithm, claims, user } = await exchangeToken();

    expect(algorithm, "algorithm").toBe(TOKEN.algorithm);
    expect(claims.iss, "issuer").toBe(TOKEN.issuer);
    expect(claims.aud, "audience").toBe(TOKEN.audience);
    expect(claims.sub, "subject").toBe(user.id);
    expect(claims["email"], "e-mail address").toBe(user.email);
  },
);

test(
  "an exchanged token lives at least as long as the answer says, and at most a day",
  { meta: { id: "AUTH-01/life" }, tags: [...EXCHANGE_TAGS] },
  async ({ exchangeToken, expect }) => {
    const { claims, expiresInSeconds } = await exchangeToken();
    const lifeSeconds = Number(claims.exp) - Number(claims.iat);

    expect(expiresInSeconds, "expires_in of the answer, in seconds").toBeGreaterThan(0);
    expect(lifeSeconds, "exp − iat, in seconds, against expires_in").toBeGreaterThanOrEqual(Number(expiresInSeconds));
    expect(lifeSeconds, "exp − iat, in seconds, against a day").toBeLessThanOrEqual(TOKEN.greatestAgeSeconds);
  },
);

test(
  "an exchanged token comes with the permissions that were asked for",
  { meta: { id: "AUTH-01/permissions" }, tags: [...EXCHANGE_TAGS] },
  async ({ exchangeToken, expect }) => {
    const { permissions } = await exchangeToken();

    expect(permissions).toEqual(expect.arrayContaining([...USER_PERMISSIONS]));
  },
);

test(
  "a token minted with the shared secret is accepted as its user's by the auth service, on REST and on the socket",
  { meta: { id: "AUTH-02" }, tags: ["premerge", "needs-secret"] },
  async ({ mintToken, identify, backend, openSocket, expect }) => {
    const token = await mintToken();

    expect(await identify("auth", token), "the user that the auth service names").toBe(token.user.id);
    await backend.get("/api/threads", { token });
    await using socket = await openSocket({ token });
    await socket.settle();
  },
);

test(
  "the same token is accepted by the auth service, on REST and on the socket",
  { meta: { id: "AUTH-04" }, tags: ["premerge"] },
  async ({ token, identify, backend, openSocket, expect }) => {
    expect(await identify("auth", token), "the user that the auth service names").toBe(token.user.id);
    await backend.get("/api/threads", { token });
    await using socket = await openSocket({ token });
    await socket.settle();
  },
);

test(
  "/auth/verify names the user of a fresh token",
  { meta: { id: "AUTH-03/verify-valid" }, tags: ["premerge"] },
  async ({ auth, token }) => {
    const answer = await auth.get("/auth/verify", { token, expect: 200 });

    answer.json(acceptedAs(token.user).verify);
  },
);

test(
  "/auth/verify calls a token with another signature invalid, with status 200",
  { meta: { id: "AUTH-03/verify-invalid" }, tags: ["premerge"] },
  async ({ auth, token }) => {
    const answer = await auth.get("/auth/verify", { token: withBrokenSignature(token), expect: 200 });

    answer.json(CALLED_INVALID.verify);
  },
);

test(
  "/auth/validate names the user of a fresh token",
  { meta: { id: "AUTH-03/validate-valid" }, tags: ["premerge"] },
  async ({ auth, token }) => {
    const answer = await auth.post("/auth/validate", { json: { token: token.value }, expect: 200 });

    answer.json(acceptedAs(token.user).validate);
  },
);

test(
  "/auth/validate calls a token with another signature invalid, with status 200",
  { meta: { id: "AUTH-03/validate-invalid" }, tags: ["premerge"] },
  async ({ auth, token }) => {
    const bad = withBrokenSignature(token).value;

    const answer = await auth.post("/auth/validate", { json: { token: bad }, expect: 200 });

    answer.json(CALLED_INVALID.validate);
  },
);

for (const source of IDENTITY_SOURCES) {
  test(
    `the three pool users are three identities (${source})`,
    { meta: { id: `AUTH-12/${source}` }, tags: ["premerge"] },
    async ({ signIn, identify, expect }) => {
      const tokens = await Promise.all(POOL_USERS.map((user) => signIn(user)));

      const identities = await Promise.all(tokens.map((token) => identify(source, token)));

      const named = `${source} names ${identities.join(", ")}`;
      expect(identities, named).toEqual(tokens.map(({ user }) => user.id));
      expect(new Set(identities).size, named).toBe(POOL_USERS.length);
    },
  );
}
