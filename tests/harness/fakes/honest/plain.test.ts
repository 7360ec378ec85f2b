/** Honest: nothing looks suspicious. */
import { test } from "../../../../fixtures/index.ts";

test("the backend is healthy", { meta: { id: "CONN-01/plain" } }, async ({ backend }) => {
  await backend.get("/health");
});
