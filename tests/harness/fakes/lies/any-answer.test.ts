/** Lie 16, rejected with UNDECLARED_OUTCOME: any answer is right, as it is where the suite tidies up. */
import { test } from "../../../../fixtures/index.ts";

test("the threads are listed", { meta: { id: "HEALTH-16/any-answer" } }, async ({ backend }) => {
  await backend.get("/api/threads", { expect: "cleanup" });
});
