import { test } from "../../../../../fixtures/index.ts";

test("a token is accepted", { meta: { id: "HEALTH-02" } }, async ({ backend, token }) => {
  await backend.get("/api/threads", { token });
});
