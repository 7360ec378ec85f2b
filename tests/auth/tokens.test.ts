import {
  acceptedAs,
  CALLED_INVALID,
  fingerprintOf,
  IDENTITY_SOURCES,
  logoutSchema,
  messagesRootSchema,
  OAUTH_ENDPOINTS,
  OAUTH_LIMITATION,
  POOL_USERS,
  test,
  TEST_MODE_HEADERS,
  threadListSchema,
  TOKEN,
  USER_PERMISSIONS,
  validationFailureSchema,
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
    expect([claims.aud].flat(), "audience").toContain(TOKEN.audience);
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
    (await backend.get("/api/threads", { token })).json(threadListSchema);
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

test(
  "a refresh gives the same user a new pair of tokens, of which both work",
  { meta: { id: "AUTH-10/new-pair" }, tags: ["needs-bypass-key"] },
  async ({ exchangeToken, refresh, identify, expect }) => {
    const first = await exchangeToken();

    const second = await refresh(first);

    expect(fingerprintOf(second.value), "the access token").not.toBe(fingerprintOf(first.value));
    expect(fingerprintOf(second.refreshToken), "the refresh token").not.toBe(fingerprintOf(first.refreshToken));
    expect(await identify("auth", second), "the user of the new pair").toBe(first.user.id);
    const third = await refresh(second);
    expect(await identify("auth", third), "the user of the pair after it").toBe(first.user.id);
  },
);

test(
  "a refresh token that was used up is refused",
  { meta: { id: "AUTH-10/replay" }, tags: ["needs-bypass-key"] },
  async ({ exchangeToken, refresh, auth }) => {
    const token = await exchangeToken();
    await refresh(token);

    await auth.post("/auth/refresh", { json: { refresh_token: token.refreshToken }, expect: "unauthorized" });
  },
);

test(
  "an access token is refused as a refresh token",
  { meta: { id: "AUTH-10/access-as-refresh" } },
  async ({ token, auth }) => {
    await auth.post("/auth/refresh", { json: { refresh_token: token.value }, expect: "unauthorized" });
  },
);

test(
  "a token that REST has served is refused there after its logout",
  { meta: { id: "AUTH-11/rest" } },
  async ({ token, auth, backend }) => {
    await backend.get("/api/threads", { token });
    const logout = await auth.post("/auth/logout", { token });
    logout.json(logoutSchema);

    await backend.get("/api/threads", { token, expect: "refused" });
  },
);

test(
  "a token that the socket has welcomed is refused there after its logout",
  { meta: { id: "AUTH-11/socket" } },
  async ({ token, auth, openSocket, expectRefusal }) => {
    await (await openSocket({ token })).close();
    const logout = await auth.post("/auth/logout", { token });
    logout.json(logoutSchema);

    await expectRefusal({ token });
  },
);

test("the same token twice in one moment is no reuse", { meta: { id: "AUTH-14" } }, async ({ token, backend }) => {
  // The first call settles which instance answers: each remembers tokens for itself.
  await backend.get("/api/threads", { token });

  await Promise.all([backend.get("/api/threads", { token }), backend.get("/api/threads", { token })]);
});

test(
  "an invalid body of an authenticated call is 422, and is explained",
  { meta: { id: "AUTH-08/invalid-body" } },
  async ({ token, backend }) => {
    const answer = await backend.post("/api/chat/messages", { token, json: { content: "" }, expect: "invalid" });

    answer.json(validationFailureSchema);
  },
);

test(
  "test-mode headers give a valid token no other identity",
  { meta: { id: "AUTH-17/identity" } },
  async ({ token, backend, expect }) => {
    const answer = await backend.get("/api/messages/", { token, headers: TEST_MODE_HEADERS });

    const { user_id: named } = answer.json(messagesRootSchema).authentication;
    expect(named, "the user that REST names").toBe(token.user.id);
  },
);

for (const [slug, path] of Object.entries(OAUTH_ENDPOINTS)) {
  test(`GET ${path} is not served: a known limitation`, { meta: { id: `AUTH-15/${slug}` } }, async ({ auth }) => {
    await auth.get(path, { expect: "known-limitation" });
  });
}

test(
  "the known limitation of the OAuth endpoints is within its review date",
  { meta: { id: "AUTH-15/review" }, tags: ["nightly"] },
  async ({ auth, expect }) => {
    await auth.get(OAUTH_ENDPOINTS.providers, { expect: "known-limitation" });

    expect(OAUTH_LIMITATION).toBeWithinItsReview();
  },
);
