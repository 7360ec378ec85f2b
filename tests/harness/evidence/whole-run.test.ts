import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { verifyRun } from "../../../fixtures/evidence/verification/verify-run.ts";
import { startStandIn } from "../../../fixtures/stand-in/index.ts";
import { Redactor, targetSecrets } from "../../../fixtures/target/redaction.ts";
import { runSuite, stagingVariables } from "../../../scripts/suite-process.ts";
import { ACCEPTS_THIS_MACHINE, fetchRun, startProgram } from "./fetched-run.ts";
import { createTrust, KEYS } from "./run-folder-factory.ts";

const SUITES = "tests/harness/evidence/suites";

describe("a real run against a signed-for target", { timeout: 60_000 }, () => {
  test("is verified and accepted by whoever trusts the key, and by nobody after a change", async () => {
    await using standIn = await startStandIn({});
    using variables = stagingVariables(standIn);
    const args = ["--config", `${SUITES}/green/vitest.config.ts`];

    const result = await runSuite({ args, env: { ...variables.env, STAGING_EVIDENCE_KEY: KEYS.privateKey } });

    expect(result.exitCode, result.output).toBe(0);
    using run = fetchRun(result);
    const trusted = { ...ACCEPTS_THIS_MACHINE, STAGING_EVIDENCE_PUBLIC_KEY: KEYS.publicKey };
    const manifest = ["--manifest", `${SUITES}/green/manifest.json`];
    const verified = startProgram("verify", [run.folder, ...manifest, "--revision", standIn.revision], trusted);
    expect(verified).toEqual({ exitCode: 0, output: expect.stringMatching(/\nVERIFIED\n$/) });
    const ownAuthority = { STAGING_CA_FILE: variables.env["STAGING_CA_FILE"] ?? "" };
    const accepted = startProgram("gate", [run.folder, ...manifest, "--max-age", "5m"], {
      ...trusted,
      ...ownAuthority,
    });
    expect(accepted).toEqual({ exitCode: 0, output: "accepted\n" });
    // Nor does it accept an authority that only the run's machine trusted.
    expect(startProgram("gate", [run.folder, ...manifest], trusted)).toEqual({
      exitCode: 1,
      output: expect.stringMatching(/^refused +WEAKENED +STAGING_CA_FILE is set: .*\(SHA-256 [0-9A-F:]{95}\)\n/),
    });
    // Whose own configuration does not know this machine as staging does not take the record's word for it.
    expect(startProgram("gate", [run.folder, ...manifest], { STAGING_EVIDENCE_PUBLIC_KEY: KEYS.publicKey })).toEqual({
      exitCode: 1,
      output: expect.stringContaining("NOT_VERIFIED      target: localhost is private"),
    });
    const edited = result.files["run.json"]?.replace('"passed": 3', '"passed": 4') ?? "";
    writeFileSync(join(run.folder, "run.json"), edited);
    expect(startProgram("verify", [run.folder, ...manifest], trusted)).toEqual({
      exitCode: 1,
      output: expect.stringMatching(/failed +record +run\.json says something else than follows .*: totals\n/),
    });
    expect(startProgram("gate", [run.folder, ...manifest], trusted).exitCode).toBe(1);
  });

  test("that is killed leaves what it had received, marked incomplete", async () => {
    const result = await runSuite({
      args: ["--config", `${SUITES}/green/vitest.config.ts`],
      env: { STAGING_TARGET: "stand-in", STAGING_EVIDENCE_KEY: KEYS.privateKey },
      onStart: (child) => {
        child.stdout?.on("data", (chunk: Buffer) => {
          if (chunk.includes("green.test.ts")) child.kill("SIGKILL");
        });
      },
    });

    expect(result.record).toMatchObject({ complete: false, verdict: { exitCode: 2, word: "incomplete" } });
    using run = fetchRun(result);
    const { checks } = verifyRun(run.folder, createTrust({ publicKey: null }));
    expect(checks).toMatchObject([
      { name: "chain", outcome: "ok" },
      { name: "whole", outcome: "failed", says: expect.stringMatching(/^the run did not end: the last of its \d+/) },
    ]);
  });

  test("that leaks keys and tokens prints and writes none of them, and is red for it", async () => {
    await using standIn = await startStandIn({});
    using variables = stagingVariables(standIn);

    const result = await runSuite({ args: ["--config", `${SUITES}/leaky/vitest.config.ts`], env: variables.env });

    const everything = [result.output, ...Object.values(result.files)].join("\n");
    expect(new Redactor(targetSecrets(standIn)).redact(everything).found).toEqual([]);
    expect(result.output).toContain("token <token> printed");
    expect(result.output).toContain("key <secret> printed");
    expect(result.exitCode).toBe(2);
    expect(result.record?.suiteFaults.toSorted()).toEqual([
      "a token was about to be printed and was redacted",
      "the bypass key was about to be printed and was redacted",
    ]);
    expect(result.record?.cases.find(({ id }) => id === "HEALTH-03")?.failures[0]?.message).toBe(
      "expected <token> to be signed with <secret>",
    );
  });
});
