import { test } from "../../../../../fixtures/index.ts";

test("the backend is healthy", { meta: { id: "HEALTH-01" } }, async ({ backend }) => {
  await backend.get("/health");
});

test("a token is accepted", { meta: { id: "HEALTH-02" } }, async ({ backend, token }) => {
  await backend.get("/api/threads", { token });
});

test("no worker can sign", { meta: { id: "HEALTH-03" } }, async ({ backend, expect }) => {
  await backend.get("/health");

  expect(Object.keys(process.env).filter((name) => name === "STAGING_EVIDENCE_KEY")).toEqual([]);
});
