import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { StagingError } from "../../../fixtures/contract/errors.ts";
import { patiently } from "../../../fixtures/client/patience.ts";
import { noteMet, shareWaitHistory, type AwaitedThing } from "../../../fixtures/target/wait-history.ts";

const BUDGET_MS = 4_000;

/** The time that one wait was given; it expires unless it is met. */
async function grantedTo(what: AwaitedThing, isMet: boolean, error: Error = expired()): Promise<number> {
  let granted = 0;
  const wait = async (withinMs: number): Promise<void> => {
    granted = withinMs;
    await (isMet ? Promise.resolve() : Promise.reject(error));
  };
  await patiently(what, BUDGET_MS, wait).catch(() => undefined);
  return granted;
}

function expired(): StagingError {
  return new StagingError("E2E_WAIT_EXPIRED", { happened: "no x", expected: "x", next: "look" });
}

async function grantedInTurn(what: AwaitedThing, outcomes: readonly boolean[]): Promise<number[]> {
  const granted: number[] = [];
  for (const isMet of outcomes) granted.push(await grantedTo(what, isMet));
  return granted;
}

test("after three waits that expired and none that was met, the next ones get a quarter", async () => {
  expect(await grantedInTurn("event agent_started", [false, false, false, false])).toEqual([
    4_000, 4_000, 4_000, 1_000,
  ]);
});

test("a target that answered before has twice as long as it ever needed, and a quarter at least", async () => {
  expect(await grantedInTurn("event agent_thinking", [true, false, false, false, false])).toEqual([
    4_000, 4_000, 4_000, 4_000, 1_000,
  ]);
  noteMet("event tool_completed", 1_600, false);
  expect((await grantedInTurn("event tool_completed", [false, false, false, false])).at(-1)).toBe(3_200);
  noteMet("event tool_completed", 3_000, false);
  expect(await grantedTo("event tool_completed", false)).toBe(4_000);
});

test("each thing that is waited for counts by itself", async () => {
  await grantedInTurn("refusal", [false, false, false]);

  expect(await grantedTo("event agent_completed", false)).toBe(4_000);
});

test("upgrades that were never answered tell of another kind that was not either", async () => {
  await grantedInTurn("upgrade of another route", [true]);
  await grantedInTurn("upgrade of /ws", [false, false, false]);

  expect(await grantedTo("upgrade of /ws that may be refused", false)).toBe(1_000);
  expect(await grantedTo("upgrade of another route", false)).toBe(4_000);
  await grantedTo("upgrade of /ws", true);
  expect(await grantedTo("upgrade of an echo", false)).toBe(4_000);
});

test("a wait that ends in another error says nothing about silence", async () => {
  const refused = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
  for (let attempt = 0; attempt < 3; attempt += 1) await grantedTo("pong", false, refused);

  expect(await grantedTo("pong", false)).toBe(4_000);
});

const HISTORY = new URL("../../../fixtures/target/wait-history.ts", import.meta.url).href;
const PATIENCE = new URL("../../../fixtures/client/patience.ts", import.meta.url).href;

/** What a worker of its own posts after running this code, in which `history` and `patience` are the suite's modules. */
async function foundByWorker(code: string): Promise<unknown> {
  const modules = `Promise.all([import(${JSON.stringify(HISTORY)}), import(${JSON.stringify(PATIENCE)})])`;
  const post = `require("node:worker_threads").parentPort.postMessage`;
  const worker = new Worker(
    `${modules}.then(async ([history, patience]) => ${post}(await (async () => {${code}})()))`,
    {
      eval: true,
    },
  );
  const [found]: unknown[] = await once(worker, "message");
  return found;
}

const NOTE_AND_COUNT = `history.noteExpired("upgrade of /ws"); return history.waitsFor("upgrade of /ws").expired;`;

test("workers of a run count together, and each run anew", async () => {
  shareWaitHistory(10_000);
  expect([await foundByWorker(NOTE_AND_COUNT), await foundByWorker(NOTE_AND_COUNT)]).toEqual([1, 2]);
  shareWaitHistory(10_000);
  expect(await foundByWorker(NOTE_AND_COUNT)).toBe(1);
});

describe("what comes late again and again", () => {
  const late = `for (let i = 0; i < 3; i += 1) history.noteMet("greeting", 3_500, true);`;
  const grant = `let granted; await patience.patiently("greeting", 4_000, (ms) => { granted = ms; }); return granted;`;

  test("has the whole time in a green run, however old, and in a red one that is young", async () => {
    shareWaitHistory(0);
    expect(await foundByWorker(`${late} ${grant}`)).toBe(4_000);
    shareWaitHistory(60_000);
    expect(await foundByWorker(`history.noteFailure(); ${late} ${grant}`)).toBe(4_000);
  });

  test("is no longer awaited in a red run that is old, and that is no failure of the target", async () => {
    shareWaitHistory(0);
    const expire = `Promise.reject(Object.assign(new Error("late"), { code: "E2E_WAIT_EXPIRED" }))`;
    const wait = `return patience.patiently("greeting", 4_000, () => ${expire}).catch(({ code }) => code);`;

    expect(await foundByWorker(`history.noteFailure(); ${late} ${grant}`)).toBe(1_000);
    expect(await foundByWorker(wait)).toBe("E2E_NOT_AWAITED");
  });
});
