/** Lie 21, rejected with RETRIES_DECLARED: the case repeats itself, so that one of its runs is the one that counts. */
import { test } from "../../../../fixtures/index.ts";

test("the backend is healthy", { repeats: 1, meta: { id: "HEALTH-21/repeated" } }, async ({ backend }) => {
  await backend.get("/health");
});
