import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { StagingError } from "../../../fixtures/contract/errors.ts";
import { patiently } from "../../../fixtures/client/patience.ts";
import { shareWaitHistory, type AwaitedThing } from "../../../fixtures/target/wait-history.ts";

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

test("a target that answered once has the whole time ever after", async () => {
  expect(await grantedInTurn("event agent_thinking", [true, false, false, false, false])).toEqual(Array(5).fill(4_000));
});

test("an answer gives the whole time back", async () => {
  expect(await grantedInTurn("event tool_executing", [false, false, false, true, false])).toEqual([
    4_000, 4_000, 4_000, 1_000, 4_000,
  ]);
});

test("each thing that is waited for counts by itself", async () => {
  await grantedInTurn("event tool_completed", [false, false, false]);

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

/** What a worker of its own finds, after it has noted a wait that expired. */
async function foundByWorker(): Promise<unknown> {
  const history = new URL("../../../fixtures/target/wait-history.ts", import.meta.url).href;
  const code = `import(${JSON.stringify(history)}).then(({ noteWait, countSilence }) => {
    noteWait("upgrade of /ws", "expired");
    require("node:worker_threads").parentPort.postMessage(countSilence("upgrade of /ws"));
  })`;
  const [found]: unknown[] = await once(new Worker(code, { eval: true }), "message");
  return found;
}

test("workers of a run count together, and each run anew", async () => {
  shareWaitHistory();
  expect([await foundByWorker(), await foundByWorker()]).toEqual([1, 2]);
  shareWaitHistory();
  expect(await foundByWorker()).toBe(1);
});
