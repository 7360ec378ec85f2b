/** Lie 44, rejected with LEDGER_TWICE: the case has the witness record something else under its own name. */
import { test } from "../../../../fixtures/index.ts";
import { recordCase } from "../../../../fixtures/witness/index.ts";

test("the backend is healthy", { meta: { id: "HEALTH-44/second-ledger" } }, async ({ backend, task }) => {
  const identity = { taskId: task.id, attempt: 0, caseId: "HEALTH-44/second-ledger" };
  const outcome = (): { assertions: number; bodyPassed: boolean } => ({ assertions: 9, bodyPassed: true });
  const unchanged = (text: string): string => text;

  await recordCase(identity, () => Promise.resolve(), outcome, unchanged);

  await backend.get("/health");
});
