import { describe, expect, test } from "vitest";
import { startStandIn } from "../../../fixtures/stand-in/index.ts";
import { runSuite, stagingVariables } from "../../../scripts/suite-process.ts";
import { startSilentServer } from "./silent-target.ts";

/** Whole runs of the real cases, as a person starts them: what they say, and the code they exit with. */
const STAND_IN = { STAGING_TARGET: "stand-in" };

/** Nothing listens on the first ports of a machine. */
const DEAD = {
  STAGING_TARGET: "staging",
  STAGING_BASE_URL: "https://localhost:1",
  STAGING_AUTH_URL: "https://localhost:2",
  STAGING_FRONTEND_URL: "https://localhost:3",
  STAGING_ALLOWED_HOSTS: "localhost",
  STAGING_ALLOW_PRIVATE_NETWORK: "1",
  E2E_OAUTH_SIMULATION_KEY: "a-key-that-nobody-will-ever-see",
};

describe("a healthy target", { timeout: 120_000 }, () => {
  test.for([
    { generation: "as it is by default", env: {} },
    { generation: "refusing before the upgrade", env: { STAND_IN_STRICTNESS: "pre_accept" } },
    { generation: "of T12's envelopes and answers", env: { STAND_IN_VARIANTS: "envelope-s3,404-as-401,no-revision" } },
    { generation: "of flat envelopes, thinking twice", env: { STAND_IN_VARIANTS: "envelope-s4,double-thinking" } },
    {
      generation: "of other habits",
      env: {
        STAND_IN_VARIANTS:
          "audience-list,uptime-in-whole-seconds,connections-close,root-leads-to-chat,script-elsewhere,agent-error-for-bad-requests,thread-updated-at-the-end",
      },
    },
    { generation: "far away and jittery", env: { STAND_IN_RTT_MS: "120", STAND_IN_JITTER_MS: "30" } },
    { generation: "next door", env: { STAND_IN_RTT_MS: "0" } },
  ])("is green $generation", async ({ env }) => {
    const { exitCode, output, record } = await runSuite({ env: { ...STAND_IN, ...env } });

    expect(exitCode, output).toBe(0);
    expect(record?.totals).toMatchObject({ failed: 0, rejected: 0, notRun: 0 });
    expect(record?.totals.passed).toBe(record?.totals.expected);
    expect(output).toContain("NOT staging");
  });

  test.for([
    { alone: "the bypass key", credentials: { bypassKey: true }, missing: "secret" },
    { alone: "the shared secret", credentials: { secret: true }, missing: "bypass-key" },
  ])("is green with $alone alone, the rest listed as not applicable", async ({ credentials, missing }) => {
    await using standIn = await startStandIn({});
    using variables = stagingVariables(standIn, credentials);

    const { exitCode, output, record } = await runSuite({ env: variables.env });

    expect(exitCode, output).toBe(0);
    expect(record?.notApplicable.flatMap(({ needs }) => needs)).toContain(missing);
  });

  test("is green for two whole runs at the same time", async () => {
    await using standIn = await startStandIn({});
    using variables = stagingVariables(standIn);

    const runs = await Promise.all([runSuite({ env: variables.env }), runSuite({ env: variables.env })]);

    expect(runs.map(({ exitCode }) => exitCode), runs.map(({ output }) => output).join("\n")).toEqual([0, 0]);
  });
});

describe("a broken target", { timeout: 120_000 }, () => {
  test("that nothing serves is unreachable: exit 3, one finding", async () => {
    const { exitCode, record } = await runSuite({ env: DEAD });

    expect(exitCode).toBe(3);
    expect(record?.findings.map(({ code }) => code)).toEqual(["TARGET_UNREACHABLE"]);
  });

  test("that shakes hands everywhere and answers nothing is broken: exit 1, one finding", async () => {
    await using server = await startSilentServer();
    const { url, caFile } = server;
    const urls = { STAGING_BASE_URL: url, STAGING_AUTH_URL: url, STAGING_FRONTEND_URL: url };

    const { exitCode, record, output } = await runSuite({ env: { ...DEAD, ...urls, STAGING_CA_FILE: caFile } });

    expect(exitCode, output).toBe(1);
    expect(record?.verdict.word).toBe("broken");
    expect(record?.findings.map(({ code }) => code)).toEqual(["TARGET_ANSWERS_NOTHING"]);
  });

  test.for(["auth", "frontend", "backend"])("without its %s is broken: exit 1, that service named first", async (service) => {
    const { exitCode, record, output } = await runSuite({ env: { ...STAND_IN, STAND_IN_FAULTS: `${service}-down` } });

    expect(exitCode, output).toBe(1);
    expect(record?.findings[0]?.code, output).toBe(`${service.toUpperCase()}_DOWN`);
  });

  test("that lets bad tokens in is broken, and says so", async () => {
    const { exitCode, record } = await runSuite({ env: { ...STAND_IN, STAND_IN_STRICTNESS: "permissive" } });

    expect(exitCode).toBe(1);
    expect(record?.findings[0]?.title).toMatch(/let in/);
  });
});

describe("the command line", { timeout: 120_000 }, () => {
  test("cannot take the verdict away with --reporter", async () => {
    const { exitCode, output, record } = await runSuite({ args: ["--reporter=dot"], env: STAND_IN });

    expect(exitCode, output).toBe(0);
    expect(record?.complete).toBe(true);
    expect(output).toMatch(/exit 0/);
  });

  test("chooses one group, and the run says that it is partial", async () => {
    const { exitCode, record } = await runSuite({ args: ["--project", "health"], env: STAND_IN });

    expect(exitCode).toBe(0);
    expect(record?.filters).toEqual(["--project health"]);
    expect(new Set(record?.cases.map(({ group }) => group))).toEqual(new Set(["health"]));
  });

  test("chooses one case", async () => {
    const args = ["tests/event-flow", "-t", "streams all five events"];

    const { exitCode, record } = await runSuite({ args, env: STAND_IN });

    expect(exitCode).toBe(0);
    expect(record?.cases.map(({ id }) => id)).toEqual(["FLOW-01"]);
  });

  test("that matches no case is not green", async () => {
    const { exitCode } = await runSuite({ args: ["-t", "no case is called this"], env: STAND_IN });

    expect(exitCode).toBe(2);
  });
});

describe("a run without a target", () => {
  test("on a named CI service with nothing configured exits 2 and names the secrets", async () => {
    const { exitCode, output } = await runSuite({ env: { GITHUB_ACTIONS: "true", CI: "true" } });

    expect(exitCode).toBe(2);
    expect(output).toMatch(/E2E_OAUTH_SIMULATION_KEY[\s\S]*STAGING_TARGET=stand-in/);
  });

  test("half configured exits 2 and names what is missing", async () => {
    const { exitCode, output } = await runSuite({ env: { STAGING_TARGET: "staging" } });

    expect(exitCode).toBe(2);
    expect(output).toMatch(/missing: E2E_OAUTH_SIMULATION_KEY or JWT_SECRET_STAGING/);
  });
});
