import { describe, test, withBrokenSignature } from "../../fixtures/index.ts";

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
