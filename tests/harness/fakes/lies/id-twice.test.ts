/** Lie 20, fault with E2E_CASE_ID_TWICE: a second case under one id hides that there should be two. */
import { test } from "../../../../fixtures/index.ts";

test("the backend answers", { meta: { id: "HEALTH-20/id-twice" } }, async ({ backend }) => {
  await backend.get("/health");
});

test("the backend is healthy", { meta: { id: "HEALTH-20/id-twice" } }, async ({ backend }) => {
  await backend.get("/health");
});
