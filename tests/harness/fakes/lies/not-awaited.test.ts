/** Lie 25, rejected with UNANSWERED: the call is not awaited, so nothing it comes to can fail the case. */
import { test } from "../../../../fixtures/index.ts";

test("the backend serves threads", { meta: { id: "HEALTH-25/not-awaited" } }, async ({ backend, expect }) => {
  await backend.get("/health");

  void backend.get("/api/threads").catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 5));

  expect(backend.service).toBe("backend");
});
