import { describe, expect, test as vitestTest } from "vitest";
import { startStandIn } from "../../fixtures/stand-in/index.ts";
import { GALLERY } from "../../scripts/fake-gallery/read-gallery.ts";
import { runSuite, stagingVariables, type SuiteRunResult } from "../../scripts/suite-process.ts";

/** Lie 40 of the catalogue: what a command line can do to a run of the suite, and what the run says of it. */
const test = vitestTest
  .extend("rttMs", { scope: "file" }, () => 20)
  .extend("run", { scope: "file" }, async ({ rttMs }, { onCleanup }) => {
    const standIn = await startStandIn({ rttMs, agentGapMs: 20 });
    const variables = stagingVariables(standIn);
    onCleanup(async () => {
      variables[Symbol.dispose]();
      await standIn.stop();
    });
    return (files: readonly string[], ...args: string[]): Promise<SuiteRunResult> =>
      runSuite({ args: ["--config", `${GALLERY}/vitest.config.ts`, ...files, ...args], env: variables.env });
  });

const HONEST = ["honest/plain"];

describe("a command line", { timeout: 60_000 }, () => {
  test("that weakens the settings is named for each of them", async ({ run }) => {
    const { exitCode, record } = await run(
      HONEST,
      "--retry=3",
      "--repeats=1",
      "--allowOnly",
      "--passWithNoTests",
      "--no-isolate",
      "--bail=1",
      "--testTimeout=0",
      "--dangerouslyIgnoreUnhandledErrors",
    );

    expect(exitCode).toBe(2);
    const faults = record?.suiteFaults.map(
      (fault) => /(?:websocket-connect|the run): (.*) \[E2E_CONFIGURATION_WEAKENED\]/.exec(fault)?.[1],
    );
    expect(faults).toEqual(
      expect.arrayContaining([
        "retries are on",
        "repeats are on",
        "focused tests are allowed",
        "empty runs pass",
        "isolation is off",
        "the run stops at a failure",
        "cases may take for ever",
        "unhandled errors are ignored",
      ]),
    );
  });

  test("with --pool forks, where no witness reports, believes no pass", async ({ run }) => {
    const { exitCode, record } = await run(HONEST, "--pool=forks");

    expect(exitCode).toBe(2);
    expect(record?.cases.flatMap(({ rejections }) => rejections.map(({ code }) => code))).toEqual(["NO_LEDGER"]);
    expect(record?.suiteFaults.join()).toContain("pool is not threads");
  });

  test("with --reporter=dot still gives the verdict, the record and the exit code", async ({ run }) => {
    const { exitCode, record, output } = await run(["lies/no-traffic"], "--reporter=dot");

    expect(exitCode).toBe(2);
    expect(record?.cases[0]?.rejections[0]?.code).toBe("NOTHING_TOUCHED");
    expect(output).toContain("NOT BELIEVED (exit 2)");
  });

  test("cannot take away that a case must assert something", async ({ run }) => {
    const { exitCode, record } = await run(["lies/empty-body"], "--expect.requireAssertions=false");

    expect(exitCode).toBe(1);
    expect(record?.cases[0]?.failures.map(({ code }) => code)).toEqual(["E2E_NO_ASSERTION"]);
  });

  test("with another --config has no target, and its cases fail", async ({ run }) => {
    const { exitCode, record } = await run([], "--config", `${GALLERY}/without-suite/vitest.config.ts`);

    expect(exitCode).not.toBe(0);
    expect(record).toBeUndefined();
  });

  test.for([
    { filter: "-t", args: ["-t", "healthy"], says: "-t healthy" },
    { filter: "--exclude", args: ["--exclude", "**/lies/**"], says: "--exclude **/lies/**" },
  ])("with $filter makes a partial run, and says so", async ({ args, says }, { run }) => {
    const { record, output } = await run(HONEST, ...args);

    expect(record?.filters).toEqual(expect.arrayContaining([says]));
    expect(output).toContain("part of the full tier");
  });
});
