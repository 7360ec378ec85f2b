import { parentPort } from "node:worker_threads";
import type { ModuleRunner } from "vite/module-runner";
import { init, runBaseTests, setupEnvironment } from "vitest/worker";

/**
 * The worker thread of a matrix process: Vitest's own, but that it serves one run after another. What the packages
 * compiled stays, and the suite's modules, which keep nothing of a run; the files of the cases are evaluated anew.
 */
const port = parentPort;
if (port === null) throw new TypeError("lasting-worker.ts is a worker thread's entry");

type Listener = (message: unknown) => void;

/** Listeners of the run that is on; Vitest registers its own, which takes the runs, before the first begins. */
const ofRun: Listener[] = [];
let isReady = false;

init({
  post: (message: unknown) => {
    port.postMessage(message);
  },
  on: (listener: Listener) => {
    port.on("message", listener);
    if (isReady) ofRun.push(listener);
  },
  off: (listener: Listener) => {
    port.off("message", listener);
  },
  setup: setupEnvironment,
  onModuleRunner: forgetModules,
  runTests: (state, traces) => runBaseTests("run", state, traces),
  collectTests: (state, traces) => runBaseTests("collect", state, traces),
  teardown() {
    for (const listener of ofRun.splice(0)) port.off("message", listener);
  },
});
isReady = true;

function forgetModules({ evaluatedModules }: ModuleRunner): void {
  for (const module of evaluatedModules.idToModuleMap.values()) evaluatedModules.invalidateModule(module);
}
