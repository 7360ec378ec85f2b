/** Lie 21, rejected with RETRIES_DECLARED: the case asks for further attempts, should it ever fail. */
import { test } from "../../../../fixtures/index.ts";

test("the backend is healthy", { retry: 3, meta: { id: "HEALTH-21/retries-declared" } }, async ({ backend }) => {
  await backend.get("/health");
});
