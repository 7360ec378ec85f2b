/** Honest: fake timers drive the case's own logic while the network is real. */
import { vi } from "vitest";
import { test } from "../../../../fixtures/index.ts";

test(
  "the backend is healthy although time stands still",
  { meta: { id: "CONN-06/own-timers" } },
  async ({ backend, expect }) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "Date", "performance"] });
    const rang = vi.fn();
    setTimeout(rang, 60_000);

    await backend.get("/health");
    vi.advanceTimersByTime(60_000);

    expect(rang).toHaveBeenCalledOnce();
    vi.useRealTimers();
  },
);
