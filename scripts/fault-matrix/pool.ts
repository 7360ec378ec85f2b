import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PROJECT_ROOT } from "../../fixtures/target/index.ts";
import { replySchema, type Job, type Measurement, type Reply } from "./job.ts";

const MEASURE = fileURLToPath(new URL("measure.ts", import.meta.url));
/** A child's heap grows with every run it made; a fresh one is cheaper than a large one. */
const RUNS_PER_CHILD = 40;

/** What became of all jobs: a run that could not be made is told, and does not cost the others theirs. */
export interface Measured {
  /** In the order of the jobs. */
  readonly measured: readonly Measurement[];
  readonly failed: readonly { readonly faults: readonly string[]; readonly error: string }[];
}

/** Processes that measure, kept from one list of jobs to the next: most of a short run is its start. */
export class MeasuringProcesses implements Disposable {
  readonly #all = new Set<ChildProcess>();
  readonly #idle = new Set<ChildProcess>();
  readonly #runs = new WeakMap<ChildProcess, number>();

  /** Works off jobs in several processes at once. */
  async measureAll(
    jobs: readonly Job[],
    atOnce: number,
    onMeasured: (measurement: Measurement) => void,
  ): Promise<Measured> {
    const results = new Map<Job, Measurement>();
    const failed: { faults: readonly string[]; error: string }[] = [];
    const queue = [...jobs];
    const work = async (): Promise<void> => {
      for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
        const child = this.#take();
        const reply = await ask(child, job);
        if ("error" in reply) {
          this.#end(child); // the next run gets a process that is sound
          failed.push({ faults: job.faults, error: reply.error });
          continue;
        }
        this.#giveBack(child);
        results.set(job, reply.measurement);
        onMeasured(reply.measurement);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return { measured: jobs.flatMap((job) => results.get(job) ?? []), failed };
  }

  [Symbol.dispose](): void {
    for (const child of this.#all) this.#end(child);
  }

  #take(): ChildProcess {
    for (const idle of this.#idle) {
      this.#idle.delete(idle);
      return idle;
    }
    const child = startChild();
    this.#all.add(child);
    child.once("exit", () => {
      this.#all.delete(child);
      this.#idle.delete(child);
    });
    return child;
  }

  #giveBack(child: ChildProcess): void {
    const runs = (this.#runs.get(child) ?? 0) + 1;
    this.#runs.set(child, runs);
    if (runs < RUNS_PER_CHILD) this.#idle.add(child);
    else this.#end(child);
  }

  #end(child: ChildProcess): void {
    this.#all.delete(child);
    child.kill();
  }
}

/** Compiled code is kept beside the packages, as the suite keeps its own: it is a fifth of a process's first run. */
const COMPILE_CACHE = join(PROJECT_ROOT, "node_modules/.cache/fault-matrix");
/** Most objects of a run die young: with room for them, a run takes some 4 % less of the processor. */
const HEAP = "--max-semi-space-size=32";

function startChild(): ChildProcess {
  // Vitest sets these in its own processes; a run of its own must not take itself for a worker.
  // oxlint-disable-next-line staging-suite/environment-access -- handed on to a run of its own
  const { VITEST: _vitest, VITEST_WORKER_ID: _worker, VITEST_POOL_ID: _pool, ...env } = process.env;
  return fork(MEASURE, { cwd: PROJECT_ROOT, env: { ...env, NODE_COMPILE_CACHE: COMPILE_CACHE }, execArgv: [HEAP] });
}

/** What a process answers; why it does not is an answer too, since a run that cannot be made costs no other. */
async function ask(child: ChildProcess, job: Job): Promise<Reply> {
  const controller = new AbortController();
  const { signal } = controller;
  const died = once(child, "exit", { signal }).then(([code]) => ({ error: `the process ended with ${String(code)}` }));
  const answered = once(child, "message", { signal }).then(([reply]) => replySchema.parse(reply));
  try {
    child.send(job);
    return await Promise.race([answered, died]);
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  } finally {
    controller.abort();
    await Promise.allSettled([answered, died]);
  }
}
