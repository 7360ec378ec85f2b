/** Lie 10, rejected with NOTHING_TOUCHED: fake timers turn five invented seconds of network into no time at all. */
import { vi } from "vitest";
import { test } from "../../../../fixtures/index.ts";

test("the backend answers in time", { meta: { id: "HEALTH-10/fake-clock" } }, async ({ expect, measure }) => {
  vi.useFakeTimers();
  const startedAt = performance.now();

  await vi.advanceTimersByTimeAsync(5_000);

  measure("answer", performance.now() - startedAt);
  expect(performance.now() - startedAt).toBeLessThan(6_000);
  vi.useRealTimers();
});
