/** Lie 44, rejected with STATE_CHANGED: what the witness reports is rewritten on its way, and so is the result. */
import { test } from "../../../../fixtures/index.ts";

const { postMessage } = BroadcastChannel.prototype;
BroadcastChannel.prototype.postMessage = function rewritten(message: {
  kind?: string;
  state?: string;
  ledger?: object;
}) {
  if (message.ledger !== undefined) Object.assign(message.ledger, { bodyPassed: true, assertions: 1 });
  if (message.kind === "stamp") message.state = "pass";
  postMessage.call(this, message);
};

test(
  "the backend is healthy",
  { meta: { id: "HEALTH-44/rewritten-report" } },
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
