import { test } from "../../../../../fixtures/index.ts";

test("the backend is healthy", { meta: { id: "HEALTH-01" } }, async ({ backend }) => {
  await backend.get("/health");
});
