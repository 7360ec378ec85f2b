/** Lie 45, red with E2E_PROCESS_EXIT: the process is told to end well. */
import { test } from "../../../../fixtures/index.ts";

test("the backend is healthy", { meta: { id: "HEALTH-45/process-exit" } }, async ({ backend }) => {
  await backend.get("/health");

  process.exit(0);
});
