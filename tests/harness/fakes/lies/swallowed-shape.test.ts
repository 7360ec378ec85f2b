/** Lie 14, rejected with SWALLOWED_CHECK: a body of another shape is read, and the error goes nowhere. */
import { authHealthSchema, test } from "../../../../fixtures/index.ts";

test("the backend is an auth service", { meta: { id: "HEALTH-14/swallowed-shape" } }, async ({ backend }) => {
  await backend
    .get("/health")
    .then((answer) => answer.json(authHealthSchema))
    .catch(() => undefined);
});
