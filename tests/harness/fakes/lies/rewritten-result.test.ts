/** Lie 38, rejected with STATE_CHANGED: a failed case calls itself passed at the end. */
import { test } from "../../../../fixtures/index.ts";

test(
  "the backend is healthy",
  { meta: { id: "HEALTH-38/rewritten-result" } },
  async ({ backend, expect, onTestFinished }) => {
    onTestFinished(({ task }) => {
      if (task.result === undefined) return;
      task.result.state = "pass";
      delete task.result.errors;
    });

    const { text } = await backend.get("/health");
    expect(text).toBe("a body that no backend sends");
  },
);
