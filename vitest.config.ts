import { pathToFileURL } from "node:url";
import { join } from "node:path";
import type { Plugin } from "vite";
import { defineConfig, type TestUserConfig } from "vitest/config";
import { StagingError } from "./fixtures/contract/errors.ts";
import { GROUPS, TAG_NAMES, TAGS, type Group } from "./fixtures/contract/suite.ts";
import { ProgressReporter } from "./fixtures/evidence/progress.ts";
import { EvidenceReporter } from "./fixtures/evidence/reporter.ts";
import { GroupSequencer } from "./fixtures/evidence/sequencer.ts";
import { planRun } from "./fixtures/target/plan.ts";

/** Cases that send bad credentials trip real breakers: their group runs after the others, few cases at a time. */
const PACE: Record<Group, NonNullable<Pick<TestUserConfig, "maxWorkers" | "maxConcurrency" | "sequence">>> = {
  health: { maxWorkers: 4, maxConcurrency: 20, sequence: { groupOrder: 0 } },
  "websocket-connect": { maxWorkers: 4, maxConcurrency: 20, sequence: { groupOrder: 0 } },
  "event-flow": { maxWorkers: 4, maxConcurrency: 20, sequence: { groupOrder: 0 } },
  "concurrent-connection": { maxWorkers: 4, maxConcurrency: 20, sequence: { groupOrder: 0 } },
  auth: { maxWorkers: 1, maxConcurrency: 6, sequence: { groupOrder: 1 } },
};

export default defineConfig(({ mode }) => {
  const plan = orExit(() => planRun(mode));
  const witness = pathToFileURL(join(import.meta.dirname, "fixtures/witness/preload.ts")).href;

  return {
    plugins: [evidence(plan)],
    test: {
      globalSetup: ["fixtures/global-setup.ts"],
      reporters: [new ProgressReporter()],
      sequence: { sequencer: GroupSequencer },
      tags: TAG_NAMES.map((name) => ({ name, description: TAGS[name] })),
      projects: GROUPS.map((group) => ({
        extends: true,
        test: {
          name: group,
          include: [`tests/${group}/**/*.test.ts`],
          pool: "threads",
          isolate: true,
          execArgv: ["--import", witness],
          // The witness must be the one instance that was preloaded, not a second one that the runner inlines.
          server: { deps: { external: [/fixtures\/witness\//] } },
          testTimeout: plan.caseTimeoutMs,
          retry: 0,
          allowOnly: false,
          passWithNoTests: false,
          expect: { requireAssertions: true },
          includeTaskLocation: true,
          ...PACE[group],
          sequence: { ...PACE[group].sequence, concurrent: true },
        },
      })),
    },
  };
});

/** Adds what no command line may remove: the reporter that decides, and the tags that leave the applicable cases. */
function evidence({ tier, runTimeoutMs, tagsFilter }: ReturnType<typeof planRun>): Plugin {
  return {
    name: "staging-evidence",
    configureVitest({ vitest, project }) {
      project.config.tagsFilter = [...(project.config.tagsFilter ?? []), ...tagsFilter];
      const { reporters } = vitest.config;
      if (reporters.some((reporter) => reporter instanceof EvidenceReporter)) return;
      reporters.push(new EvidenceReporter({ tier, timeoutMs: runTimeoutMs }));
    },
  };
}

/** A configuration error is one clear message and exit code 2, never a stack trace. */
function orExit<Value>(compute: () => Value): Value {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof StagingError)) throw error;
    process.stderr.write(`\n${error.message}\n\n`);
    process.exit(2);
  }
}
