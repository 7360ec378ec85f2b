/** Honest: a refusal is what the case is about, and it says so. */
import { test } from "../../../../fixtures/index.ts";

test("a wrong token is refused over REST", { meta: { id: "CONN-02/declared-refusal-rest" } }, async ({ backend }) => {
  await backend.get("/api/threads", { token: "not-a-token", expect: "refused" });
});

test(
  "a wrong token is refused on the socket",
  { meta: { id: "CONN-02/declared-refusal" } },
  async ({ expectRefusal }) => {
    await expectRefusal({ token: "not-a-token" });
  },
);
