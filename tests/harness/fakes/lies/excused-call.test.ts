/** Lie 14, rejected with UNANSWERED: a call that nobody waits for is excused by the words of the suite's tidying up. */
import { test } from "../../../../fixtures/index.ts";

test("the backend is healthy", { meta: { id: "HEALTH-14/excused-call" } }, async ({ backend, note }) => {
  await backend.get("/health");

  note("left behind: nothing");
  void backend.post("/api/agents/execute", { json: { type: "triage", message: "hello" } }).catch(() => undefined);
});
