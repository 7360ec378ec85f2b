/** Lie 42, rejected with PROOF_MISSING: what is refused is any text, and not the token that the title speaks of. */
import { test } from "../../../../fixtures/index.ts";

test("REST refuses an expired token", { meta: { id: "AUTH-42/no-such-flaw" } }, async ({ backend }) => {
  await backend.get("/api/threads", { token: "an expired token", expect: "refused" });
});
