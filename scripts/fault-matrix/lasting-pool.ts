import { Worker } from "node:worker_threads";
import type { PoolOptions, PoolRunnerInitializer, PoolWorker } from "vitest/node";

const ENTRY = new URL("lasting-worker.ts", import.meta.url);
const NAME = "lasting";

type Listener = (...values: unknown[]) => void;

/** A pool whose worker thread lasts for many runs. */
export interface LastingPool extends PoolRunnerInitializer {
  /** Ends the thread; the next run gets another. */
  renew(): Promise<void>;
}

/** A pool with one worker thread for all runs of this process, as long as each run stops it as it should. */
export function lastingPool(): LastingPool {
  let thread: Worker | undefined;
  /** Whether the last run has stopped: a thread that is still in one would take the next one's end for its own. */
  let isFree = true;

  const startThread = ({ env, execArgv }: PoolOptions): Worker => {
    const started = new Worker(ENTRY, { env: { ...env }, execArgv });
    const forget = (): void => {
      if (thread === started) thread = undefined;
    };
    // Heard here too: between two runs nobody else does, and an error that nobody hears ends the process.
    started.once("exit", forget).on("error", forget);
    return started.on("message", (message: unknown) => {
      if (thread === started && isStopped(message)) isFree = true;
    });
  };

  const renew = async (): Promise<void> => {
    const old = thread;
    thread = undefined;
    isFree = true;
    await old?.terminate();
  };

  return {
    name: NAME,
    renew,
    createPoolWorker(options) {
      if (!isFree) void renew();
      thread ??= startThread(options);
      isFree = false;
      return workerOfRun(thread);
    },
  };
}

function isStopped(message: unknown): boolean {
  return typeof message === "object" && message !== null && "type" in message && message.type === "stopped";
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
