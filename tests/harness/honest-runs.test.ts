import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { describe, expect, test } from "vitest";
import { startStandIn } from "../../fixtures/stand-in/index.ts";
import { readPlainHonestFiles } from "../../scripts/fake-gallery/honest-files.ts";
import { GALLERY } from "../../scripts/fake-gallery/read-gallery.ts";
import { runSuite, stagingVariables } from "../../scripts/suite-process.ts";

/** Runs of honest files alone, where nothing may be held against a pass whatever the network or the machine is like. */
const ARGS = ["--config", `${GALLERY}/vitest.config.ts`, ...readPlainHonestFiles()];

describe("honest files", { timeout: 60_000 }, () => {
  test.for([
    { link: "next door", rttMs: 0, jitterMs: 0 },
    { link: "far away and jittery", rttMs: 150, jitterMs: 50 },
  ])("are green with the target $link", async ({ rttMs, jitterMs }) => {
    await using standIn = await startStandIn({ rttMs, jitterMs, agentGapMs: 20 });
    using variables = stagingVariables(standIn);

    const { exitCode, record, output } = await runSuite({ args: ARGS, env: variables.env });

    expect(exitCode, output).toBe(0);
    expect(record?.totals).toMatchObject({ failed: 0, rejected: 0 });
  });

  test("are green and weakened with an editor's debugger and a company proxy's CA in the environment", async () => {
    await using standIn = await startStandIn({ rttMs: 10, agentGapMs: 20 });
    using variables = stagingVariables(standIn);
    using folder = temporaryFolder();
    const debuggerPath = join(folder.path, "bootloader.cjs");
    const caPath = join(folder.path, "proxy-ca.pem");
    writeFileSync(debuggerPath, "process.env.VSCODE_INSPECTOR_OPTIONS ??= '{}';\n");
    writeFileSync(caPath, rootCertificates[0] ?? "");
    const env = { ...variables.env, NODE_OPTIONS: `--require ${debuggerPath}`, NODE_EXTRA_CA_CERTS: caPath };

    const { exitCode, record, output } = await runSuite({ args: ARGS, env });

    expect(exitCode, output).toBe(0);
    expect(record?.weaknesses.join("\n")).toMatch(/NODE_OPTIONS is set.*\n.*NODE_EXTRA_CA_CERTS is set/);
  });

  test("do not start where certificates are not verified", async () => {
    const { exitCode, output, record } = await runSuite({
      args: ARGS,
      env: { STAGING_TARGET: "stand-in", NODE_TLS_REJECT_UNAUTHORIZED: "0" },
    });

    expect(exitCode).toBe(2);
    expect(output).toContain("E2E_CONFIG_TLS_UNVERIFIED");
    expect(record).toBeUndefined();
  });
});

describe("a failure of the product stays the product's, and is never called a fake:", { timeout: 60_000 }, () => {
  test.for(["stalled-after-upgrade", "half-open", "expired-certificate", "connection-reset"])("%s", async (fault) => {
    await using standIn = await startStandIn({ rttMs: 10, agentGapMs: 800, faults: [fault] });
    using variables = stagingVariables(standIn);
    const args = ["--config", `${GALLERY}/vitest.config.ts`, "honest/plain", "honest/whole-run", "honest/sleeps"];

    const { exitCode, record, output } = await runSuite({ args, env: variables.env });

    expect(exitCode, output).toBe(1);
    expect(record?.totals.failed).toBeGreaterThan(0);
    expect(record?.totals.rejected).toBe(0);
  });

  test("a target that dies in mid-run", async () => {
    await using standIn = await startStandIn({ rttMs: 10, agentGapMs: 1_500 });
    using variables = stagingVariables(standIn);
    const args = ["--config", `${GALLERY}/vitest.config.ts`, "honest/plain", "honest/whole-run"];

    const { exitCode, record, output } = await runSuite({
      args,
      env: variables.env,
      onStart: ({ stdout }) => {
        // The run of the agent takes seconds: it is under way when the short file has ended.
        stdout?.on("data", (chunk: Buffer) => {
          if (chunk.includes("plain.test.ts")) void standIn.stop();
        });
      },
    });

    expect(exitCode, output).toBe(1);
    expect(record?.totals).toMatchObject({ failed: 1, rejected: 0 });
  });
});

function temporaryFolder(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), "honest-"));
  return {
    path,
    [Symbol.dispose]: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}
