import {
  cutShort,
  describe,
  FOREIGN_ENVIRONMENT,
  test,
  TEST_MODE_HEADERS,
  TOKEN_FLAWS,
  withBrokenSignature,
} from "../../fixtures/index.ts";

const CARRIERS = ["header", "subprotocol"] as const;

for (const [slug, path] of [
  ["threads", "/api/threads"],
  ["messages", "/api/chat/messages"],
] as const) {
  test(
    `GET ${path} is refused without a token`,
    { meta: { id: `AUTH-05/${slug}` }, tags: ["premerge"] },
    async ({ backend }) => {
      await backend.get(path, { expect: "refused" });
    },
  );
}

test(
  "a WebSocket is refused without a token",
  { meta: { id: "AUTH-05/socket" }, tags: ["premerge"] },
  async ({ expectRefusal }) => {
    await expectRefusal({});
  },
);

for (const flaw of TOKEN_FLAWS) {
  test(
    `REST refuses a token ${flaw.what}`,
    { meta: { id: `AUTH-06/${flaw.slug}` }, tags: ["premerge", "needs-secret"] },
    async ({ mintFlawed, backend }) => {
      const token = await mintFlawed(flaw);

      await backend.get("/api/threads", { token, expect: flaw.refusal ?? "refused" });
    },
  );
}

/** Every route has its own check: one flaw of the time and one of the signature tell whether this one has it. */
for (const flaw of TOKEN_FLAWS.filter(({ slug }) => ["expired", "wrong-signature"].includes(slug))) {
  test(
    `the messages API refuses a token ${flaw.what}`,
    { meta: { id: `AUTH-06/${flaw.slug}-on-messages` }, tags: ["premerge", "needs-secret"] },
    async ({ mintFlawed, backend }) => {
      const token = await mintFlawed(flaw);

      await backend.get("/api/chat/messages", { token, expect: "refused" });
    },
  );
}

test(
  `REST refuses a token ${FOREIGN_ENVIRONMENT.what}`,
  { meta: { id: "AUTH-16/rest" }, tags: ["premerge", "needs-secret"] },
  async ({ mintFlawed, backend }) => {
    const token = await mintFlawed(FOREIGN_ENVIRONMENT);

    await backend.get("/api/threads", { token, expect: "refused" });
  },
);

for (const carrier of CARRIERS) {
  for (const flaw of TOKEN_FLAWS) {
    test(
      `the WebSocket refuses a token ${flaw.what}, in the ${carrier}`,
      { meta: { id: `AUTH-07/${flaw.slug}-in-${carrier}` }, tags: ["premerge", "needs-secret"] },
      async ({ mintFlawed, expectRefusal }) => {
        const token = await mintFlawed(flaw);

        await expectRefusal({ token, carrier }, flaw.refusal);
      },
    );
  }

  test(
    `the WebSocket refuses a token ${FOREIGN_ENVIRONMENT.what}, in the ${carrier}`,
    { meta: { id: `AUTH-16/${carrier}` }, tags: ["premerge", "needs-secret"] },
    async ({ mintFlawed, expectRefusal }) => {
      const token = await mintFlawed(FOREIGN_ENVIRONMENT);

      await expectRefusal({ token, carrier });
    },
  );
}

test(
  "the WebSocket refuses a token with another signature, in the query",
  { meta: { id: "AUTH-07/wrong-signature-in-query" }, tags: ["premerge"] },
  async ({ token, expectRefusal }) => {
    const bad = withBrokenSignature(token);

    await expectRefusal({ token: bad, carrier: "query" });
  },
);

test(
  "the frontend's WebSocket route refuses a token with another signature",
  { meta: { id: "AUTH-07/wrong-signature-on-websocket" }, tags: ["premerge"] },
  async ({ token, expectRefusal }) => {
    const bad = withBrokenSignature(token);

    await expectRefusal({ token: bad, path: "/websocket", carrier: "subprotocol" });
  },
);

for (const [slug, key, headers] of [
  ["absent", "no key", {}],
  ["wrong", "another key", { "x-e2e-bypass-key": crypto.randomUUID() }],
] as const) {
  test(
    `the exchange is refused for ${key}, and its answer holds no token`,
    { meta: { id: `AUTH-09/${slug}` }, tags: ["premerge", "needs-bypass-key"] },
    async ({ auth, createUser, expect }) => {
      const { email } = createUser();

      const answer = await auth.post("/auth/e2e/test-auth", { headers, json: { email }, expect: "unauthorized" });

      expect(answer).toHoldNoToken();
    },
  );
}

test(
  "the exchange is refused for a key that lost its end, and its answer holds no token",
  { meta: { id: "AUTH-09/cut" }, tags: ["premerge", "needs-bypass-key"] },
  async ({ auth, target, createUser, expect }) => {
    const answer = await auth.post("/auth/e2e/test-auth", {
      headers: { "x-e2e-bypass-key": cutShort(target.bypassKey) },
      json: { email: createUser().email },
      expect: "unauthorized",
    });

    expect(answer).toHoldNoToken();
  },
);

test(
  "a bad token is 401, not 403, and before the body is looked at",
  { meta: { id: "AUTH-08/bad-token" } },
  async ({ token, backend }) => {
    const bad = withBrokenSignature(token);

    await backend.post("/api/chat/messages", { token: bad, json: { content: "" }, expect: "unauthorized" });
  },
);

test(
  "a missing token is a refusal, not a 422, before the body is looked at",
  { meta: { id: "AUTH-08/missing-token" } },
  async ({ backend }) => {
    await backend.post("/api/chat/messages", { json: { content: "" }, expect: "refused" });
  },
);

test("test-mode headers let no bad token in on REST", { meta: { id: "AUTH-17/rest" } }, async ({ token, backend }) => {
  const bad = withBrokenSignature(token);

  await backend.get("/api/threads", { token: bad, headers: TEST_MODE_HEADERS, expect: "refused" });
});

test(
  "test-mode headers let no bad token in on the socket",
  { meta: { id: "AUTH-17/socket" } },
  async ({ token, expectRefusal }) => {
    const bad = withBrokenSignature(token);

    await expectRefusal({ token: bad, headers: TEST_MODE_HEADERS });
  },
);

/** The breakers of the contract (§5.2) open after three to five failures, each instance for itself. */
const BAD_CALLS = Array.from({ length: 5 }, (_, index) => index);

describe("bad tokens lock nobody out", { concurrent: false }, () => {
  test(
    "after bad tokens on REST a further one is refused, and a valid user is served",
    { meta: { id: "AUTH-13/rest" } },
    async ({ token, backend }) => {
      const bad = withBrokenSignature(token);
      await backend.get("/api/threads", { token });

      await Promise.all(BAD_CALLS.map(() => backend.get("/api/threads", { token: bad, expect: "refused" })));

      await backend.get("/api/threads", { token: bad, expect: "refused" });
      await backend.get("/api/threads", { token });
    },
  );

  test(
    "after bad tokens on the socket a further one is refused, and a valid user is welcomed",
    { meta: { id: "AUTH-13/socket" } },
    async ({ token, backend, openSocket, expectRefusal }) => {
      const bad = withBrokenSignature(token);
      await backend.get("/api/threads", { token });

      await Promise.all(BAD_CALLS.map(() => expectRefusal({ token: bad })));

      await expectRefusal({ token: bad });
      await using socket = await openSocket({ token });
      await socket.settle();
    },
  );
});
