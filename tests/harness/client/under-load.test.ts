import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { longestUnderLoadMs, underLoad } from "../../../fixtures/client/under-load.ts";

const ALONE_MS = 10;
const LIMIT_MS = longestUnderLoadMs({ loadedMs: 0, aloneMs: ALONE_MS });

/** Keeps this thread from its timers for so long. */
function block(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Measures these figures in turn, the thread being kept from running for so long in each. */
async function measured(figures: readonly number[], blockedMs: number): Promise<{ figure: number; times: number }> {
  let times = 0;
  const { loadedMs } = await underLoad(async () => {
    await delay(1);
    block(blockedMs);
    return { loadedMs: figures[times++] ?? Number.NaN, aloneMs: ALONE_MS };
  });
  return { figure: loadedMs, times };
}

test("is measured once where it is within the limit, however late this machine was", async () => {
  expect(await measured([LIMIT_MS], 300)).toEqual({ figure: LIMIT_MS, times: 1 });
});

test("is measured once where it is too long by more than this machine was late", async () => {
  expect(await measured([LIMIT_MS + 60_000], 300)).toEqual({ figure: LIMIT_MS + 60_000, times: 1 });
});

test("is measured again where this machine may have made it too long", async () => {
  expect(await measured([LIMIT_MS + 200, LIMIT_MS - 1], 300)).toEqual({ figure: LIMIT_MS - 1, times: 2 });
});

test("counts as it is the third time", async () => {
  const tooLong = LIMIT_MS + 200;

  expect(await measured([tooLong, tooLong, tooLong, 0], 300)).toEqual({ figure: tooLong, times: 3 });
});
