/** Lie 25, fault with E2E_UNHANDLED_ERROR: an assertion that fails after its case has passed. */
import { test } from "../../../../fixtures/index.ts";

test("the backend is healthy", { meta: { id: "HEALTH-25/unhandled-rejection" } }, async ({ backend }) => {
  const { status } = await backend.get("/health");

  void Promise.reject(
    new Error(`the backend answered ${status}, said tests/harness/fakes/lies/unhandled-rejection.test.ts`),
  );
});
