/** Lie 2, rejected with ANSWER_WITHOUT_SOCKET: a dispatcher of the file's own makes the answers up. */
import { Agent, type Dispatcher } from "undici";
import { test as suiteTest } from "../../../../fixtures/index.ts";

class MadeUp extends Agent {
  override dispatch(_options: Agent.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const controller = { aborted: false, paused: false, reason: null, abort() {}, pause() {}, resume() {} };
    setTimeout(() => {
      handler.onRequestStart?.(controller, {});
      handler.onResponseStart?.(controller, 200, { "content-type": "application/json" }, "OK");
      handler.onResponseData?.(controller, Buffer.from(JSON.stringify({ status: "healthy" })));
      handler.onResponseEnd?.(controller, {});
    }, 50);
    return true;
  }
}

const test = suiteTest.extend("dispatcher", () => new MadeUp());

test("the backend is healthy", { meta: { id: "HEALTH-02/custom-dispatcher" } }, async ({ backend }) => {
  await backend.get("/health");
});
