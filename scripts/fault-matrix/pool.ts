import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
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

/** Works off jobs in several processes at once. */
export async function measureAll(
  jobs: readonly Job[],
  processes: number,
  onMeasured: (measurement: Measurement) => void,
): Promise<Measured> {
  const results = new Map<Job, Measurement>();
  const failed: { faults: readonly string[]; error: string }[] = [];
  const queue = [...jobs];
  const work = async (): Promise<void> => {
    let child: ChildProcess | undefined;
    let runs = 0;
    try {
      for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
        if (runs % RUNS_PER_CHILD === 0) {
          child?.kill();
          child = startChild();
        }
        runs += 1;
        if (child === undefined) return;
        const reply = await ask(child, job);
        if ("error" in reply) {
          failed.push({ faults: job.faults, error: reply.error });
          runs = 0; // the next run gets a process that is sound
          continue;
        }
        results.set(job, reply.measurement);
        onMeasured(reply.measurement);
      }
    } finally {
      child?.kill();
    }
  };
  await Promise.all(Array.from({ length: processes }, work));
  return { measured: jobs.flatMap((job) => results.get(job) ?? []), failed };
}

function startChild(): ChildProcess {
  // Vitest sets these in its own processes; a run of its own must not take itself for a worker.
  // oxlint-disable-next-line staging-suite/environment-access -- handed on to a run of its own
  const { VITEST: _vitest, VITEST_WORKER_ID: _worker, VITEST_POOL_ID: _pool, ...env } = process.env;
  return fork(MEASURE, { cwd: PROJECT_ROOT, env });
}

async function ask(child: ChildProcess, job: Job): Promise<Reply> {
  const controller = new AbortController();
  const died = once(child, "exit", { signal: controller.signal }).then(([code]) => ({
    error: `the process ended with ${String(code)}`,
  }));
  const answered = once(child, "message", { signal: controller.signal }).then(([reply]) => replySchema.parse(reply));
  child.send(job);
  const reply = await Promise.race([answered, died]);
  controller.abort();
  await Promise.allSettled([answered, died]);
  return reply;
}
