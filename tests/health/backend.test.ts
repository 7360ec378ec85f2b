import { test } from "../../fixtures/index.ts";

test("the backend is healthy", { meta: { id: "HEALTH-01" }, tags: ["premerge"] }, async ({ backend }) => {
  await backend.get("/health");
});
