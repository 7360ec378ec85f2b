/** Lie 44, rejected with NOTHING_TOUCHED: the case writes its own judgement into its task's meta. */
import { test } from "../../../../fixtures/index.ts";

test("the backend is healthy", { meta: { id: "HEALTH-44/forged-meta" } }, ({ task, expect }) => {
  Object.assign(task.meta, { judged: true, sockets: 1, stamp: "pass" });

  expect(task.meta.id).toMatch(/HEALTH/);
});
