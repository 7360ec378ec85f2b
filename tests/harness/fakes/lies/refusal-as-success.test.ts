/** Lie 15, rejected with UNDECLARED_OUTCOME: 401 counts as success, since the service has answered. */
import { StagingError } from "../../../../fixtures/contract/errors.ts";
import { test } from "../../../../fixtures/index.ts";

test("the backend serves threads", { meta: { id: "HEALTH-15/refusal-as-success" } }, async ({ backend, expect }) => {
  const answer: unknown = await backend.get("/api/threads", { token: "expired" }).catch((error: unknown) => error);

  expect(answer instanceof StagingError ? 401 : 200).toBeOneOf([200, 401]);
});
