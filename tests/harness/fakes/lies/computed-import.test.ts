/** Lie 39, fault with E2E_FOREIGN_IMPORT: what is imported under a computed name stands in no module graph. */
import { test } from "../../../../fixtures/index.ts";

const name = `node:${["net"].join("")}`;

test("the backend is healthy", { meta: { id: "HEALTH-39/computed-import" } }, async ({ backend, expect }) => {
  // oxlint-disable-next-line staging-suite/import-direction -- the lie itself
  await import(name);

  const { status } = await backend.get("/health");
  expect(status).toBe(200);
});
