/** Lie 36, rejected with INVERTED: `.fails` around a case that is dead. */
import { test } from "../../../../fixtures/index.ts";

test.fails("the backend serves threads", { meta: { id: "HEALTH-36/expected-to-fail" } }, async ({ backend }) => {
  await backend.get("/api/threads");
});
