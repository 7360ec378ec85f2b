/** Lie 14, rejected with UNANSWERED: a connection that failed is caught and forgotten. */
import { request } from "undici";
import { test } from "../../../../fixtures/index.ts";

test("both backends are healthy", { meta: { id: "HEALTH-14/swallowed-connection-error" } }, async ({ backend }) => {
  await backend.get("/health");

  await request("https://localhost:9/health").catch(() => undefined);
});
