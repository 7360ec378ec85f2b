import { Worker } from "node:worker_threads";
import type { PoolOptions, PoolRunnerInitializer, PoolWorker } from "vitest/node";

const ENTRY = new URL("lasting-worker.ts", import.meta.url);
const NAME = "lasting";

type Listener = (...values: unknown[]) => void;

/** A pool with one worker thread for all runs of this process; a thread that ended is replaced in the next run. */
export function lastingPool(): PoolRunnerInitializer {
  let thread: Worker | undefined;
  const startThread = ({ env, execArgv }: PoolOptions): Worker => {
    const started = new Worker(ENTRY, { env: { ...env }, execArgv });
    const forget = (): void => {
      if (thread === started) thread = undefined;
    };
    // Heard here too: between two runs nobody else does, and an error that nobody hears ends the process.
    return started.once("exit", forget).on("error", forget);
  };
  return { name: NAME, createPoolWorker: (options) => workerOfRun((thread ??= startThread(options))) };
}

/** What one run sees of the thread: it begins and ends with the run, and leaves nothing behind. */
function workerOfRun(thread: Worker): PoolWorker {
  const ofRun: [event: string, listener: Listener][] = [];
  return {
    name: NAME,
    on(event, listener) {
      ofRun.push([event, listener]);
      thread.on(event, listener);
    },
    off(event, listener) {
      thread.off(event, listener);
    },
    send(message) {
      thread.postMessage(message);
    },
    deserialize: (data) => data,
    start: () => Promise.resolve(),
    stop() {
      for (const [event, listener] of ofRun) thread.off(event, listener);
      return Promise.resolve();
    },
  };
}
