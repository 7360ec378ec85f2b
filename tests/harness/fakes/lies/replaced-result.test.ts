/** Lie 38, rejected with STATE_CHANGED: another result is put in the place of the one that would say "fail". */
import { test } from "../../../../fixtures/index.ts";

test.beforeEach(({ task }) => {
  Object.assign(task, { result: { ...task.result } });
});
test.afterEach(({ task }) => {
  Object.assign(task.result ?? {}, { state: "pass", errors: [] });
});

test("the backend's text is right", { meta: { id: "HEALTH-38/replaced-result" } }, async ({ backend, expect }) => {
  const { text } = await backend.get("/health");

  expect(text).toBe("a body that no backend sends");
});
