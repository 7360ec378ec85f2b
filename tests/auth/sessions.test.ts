import {
  fingerprintOf,
  logoutSchema,
  messagesRootSchema,
  OAUTH_ENDPOINTS,
  OAUTH_LIMITATION,
  test,
  TEST_MODE_HEADERS,
  validationFailureSchema,
} from "../../fixtures/index.ts";

test(
  "a refresh gives a new pair of tokens to the same user",
  { meta: { id: "AUTH-10/new-pair" }, tags: ["needs-bypass-key"] },
  async ({ exchangeToken, refresh, identify, expect }) => {
    const first = await exchangeToken();

    const second = await refresh(first);

    expect(fingerprintOf(second.value), "the access token").not.toBe(fingerprintOf(first.value));
    expect(fingerprintOf(second.refreshToken), "the refresh token").not.toBe(fingerprintOf(first.refreshToken));
    expect(await identify("auth", second), "the user of the new pair").toBe(first.user.id);
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
