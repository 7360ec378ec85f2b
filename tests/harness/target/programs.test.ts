import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { jwtVerify } from "jose";
import { describe, expect, test as base } from "vitest";
import { PROJECT_ROOT } from "../../../fixtures/target/environment.ts";
import { startStandIn } from "../../../fixtures/stand-in/index.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const SECRET = "shared-secret-that-no-output-may-show";

interface Outcome {
  readonly exitCode: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script as npm does, with an environment of its own. */
function run(script: string, args: readonly string[], environment: Record<string, string> = {}): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const options = {
    cwd: PROJECT_ROOT,
    env: { PATH: process.env["PATH"], NO_COLOR: "1", ...environment },
    timeout: 25_000,
  };
  execFile(process.execPath, [join("scripts", script), ...args], options, (error, stdout, stderr) => {
    resolve({ exitCode: error === null ? 0 : error.code, stdout, stderr });
  });
  return promise;
}

function environmentFile(variables: Record<string, string>): string {
  const path = join(temporaryFolder(), "env");
  writeFileSync(
    path,
    Object.entries(variables)
      .map(([name, value]) => `${name}="${value}"\n`)
      .join(""),
  );
  return path;
}

// oxlint-disable-next-line no-empty-pattern -- Vitest reads which fixtures are needed off the pattern itself
const test = base.extend("standIn", { scope: "file" }, async ({}, { onCleanup }) => {
  const standIn = await startStandIn({ rttMs: 0 });
  onCleanup(() => standIn.stop());
  const caFile = join(temporaryFolder(), "ca.pem");
  writeFileSync(caFile, standIn.ca);
  const variables = {
    STAGING_BASE_URL: standIn.urls.backend,
    STAGING_AUTH_URL: standIn.urls.auth,
    STAGING_FRONTEND_URL: standIn.urls.frontend,
    STAGING_CA_FILE: caFile,
    STAGING_ALLOW_PRIVATE_NETWORK: "1",
    E2E_OAUTH_SIMULATION_KEY: standIn.bypassKey,
    JWT_SECRET_STAGING: standIn.jwtSecret,
  };
  return { ...standIn, variables };
});

test("the generated files are fresh", async () => {
  await expect(run("generate-environment-docs.ts", ["--check"])).resolves.toMatchObject({ exitCode: 0 });
});

describe("doctor", () => {
  test("finds no problem in the stand-in that it starts where nothing is configured", async () => {
    const { exitCode, stdout } = await run("doctor.ts", ["--env", environmentFile({})]);

    expect(stdout).not.toMatch(/^problem/m);
    expect(stdout).toMatch(/says nothing about staging/);
    expect(stdout).toMatch(
      /^ok +token by exchange .*\nok +token minted .*\nok +upgrade \(exchanged\) .*\nok +upgrade \(minted\) /m,
    );
    expect(exitCode).toBe(0);
  });

  test("finds no problem in a system of one's own, and shows neither key nor secret", async ({ standIn }) => {
    const { exitCode, stdout, stderr } = await run("doctor.ts", ["--env", environmentFile(standIn.variables)]);

    expect(stdout).toMatch(/^No problem: staging$/m);
    expect(stdout + stderr).not.toContain(standIn.bypassKey);
    expect(stdout + stderr).not.toContain(standIn.jwtSecret);
    expect(exitCode).toBe(0);
  });

  test.for([
    [
      "an unknown authority",
      { STAGING_CA_FILE: "" },
      /^problem +TLS backend .*UNABLE_TO_GET_ISSUER_CERT_LOCALLY\n +fix: .*STAGING_CA_FILE/m,
    ],
    [
      "a secret of another system",
      { JWT_SECRET_STAGING: SECRET },
      /^problem +token minted .*\n +fix: JWT_SECRET_STAGING is not/m,
    ],
    [
      "a key of another system",
      { E2E_OAUTH_SIMULATION_KEY: SECRET },
      /^problem +token by exchange .*401\n +fix: The bypass key/m,
    ],
  ] as const)("names a fix for %s, and exits 1", async ([, change, lines], { standIn }) => {
    const file = environmentFile({ ...standIn.variables, ...change });

    const { exitCode, stdout, stderr } = await run("doctor.ts", ["--env", file]);

    expect(stdout).toMatch(lines);
    expect(stdout + stderr).not.toContain(SECRET);
    expect(exitCode).toBe(1);
  });

  test("tells a port where nothing listens from what builds on it", async () => {
    const url = `https://localhost:${String(await closedPort())}`;
    const urls = { STAGING_BASE_URL: url, STAGING_AUTH_URL: url, STAGING_FRONTEND_URL: url };
    const file = environmentFile({ ...urls, STAGING_ALLOW_PRIVATE_NETWORK: "1", JWT_SECRET_STAGING: SECRET });

    const { exitCode, stdout } = await run("doctor.ts", ["--env", file]);

    expect(stdout).toMatch(/^problem +TCP auth .*ECONNREFUSED\n +fix: Nothing listens there/m);
    expect(stdout).toMatch(/^not checked +TLS auth +after TCP of auth$/m);
    expect(stdout).toMatch(/^not checked +upgrade /m);
    expect(exitCode).toBe(1);
  });

  test("stops at a configuration that is refused, exits 2, and shows no secret", async () => {
    const file = environmentFile({ STAGING_DIRECT_URL: "https://api.netrasystems.ai", JWT_SECRET_STAGING: SECRET });

    const { exitCode, stdout, stderr } = await run("doctor.ts", ["--env", file]);

    expect(stdout).toMatch(/^problem +configuration .*E2E_CONFIG_PRODUCTION_HOST.*\n +fix: /m);
    expect(stdout + stderr).not.toContain(SECRET);
    expect(exitCode).toBe(2);
  });

  test("exits 2 on a CI service without secrets", async () => {
    const { exitCode, stdout } = await run("doctor.ts", ["--env", environmentFile({})], { GITHUB_ACTIONS: "true" });

    expect(stdout).toContain("E2E_CONFIG_CI_UNCONFIGURED");
    expect(exitCode).toBe(2);
  });
});

describe("mint-token", () => {
  test("signs a token of a pool user for a shell, and shows no secret", async () => {
    const file = environmentFile({ JWT_SECRET_STAGING: SECRET });

    const { exitCode, stdout } = await run("mint-token.ts", ["--env", file, "--user", "2", "--ttl", "60"]);
    const [, token = ""] = /^TOKEN='(.*)'$/m.exec(stdout) ?? [];
    const { payload } = await jwtVerify(token, new TextEncoder().encode(SECRET), { issuer: "netra-auth-service" });

    expect(payload.sub).toBe("staging-e2e-user-002");
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(60);
    expect(stdout).not.toContain(SECRET);
    expect(exitCode).toBe(0);
  });

  test("exchanges the key for a token that the system verifies", async ({ standIn }) => {
    const args = ["--env", environmentFile(standIn.variables), "--exchange"];

    const { exitCode, stdout } = await run("mint-token.ts", args);
    const [, token = ""] = /^TOKEN='(.*)'$/m.exec(stdout) ?? [];

    await expect(jwtVerify(token, new TextEncoder().encode(standIn.jwtSecret))).resolves.toBeDefined();
    expect(stdout).not.toContain(standIn.bypassKey);
    expect(exitCode).toBe(0);
  });

  test("prints the claims alone where that is asked", async () => {
    const file = environmentFile({ JWT_SECRET_STAGING: SECRET });

    const { stdout } = await run("mint-token.ts", ["--env", file, "--claims-only"]);

    expect(stdout).toContain('"aud": "netra-platform"');
    expect(stdout).not.toMatch(/eyJ/);
  });

  test.for([
    ["a key that is not there", { JWT_SECRET_STAGING: SECRET }, ["--exchange"], "E2E_MINT_WAY"],
    ["a life no verifier accepts", { JWT_SECRET_STAGING: SECRET }, ["--ttl", "86401"], "Expected whole seconds"],
    ["a user that is none", { JWT_SECRET_STAGING: SECRET }, ["--user", "a b"], "E2E_MINT_USER"],
    ["no target that stays", {}, [], "E2E_MINT_TARGET"],
  ] as const)("exits 2 with one message and no stack for %s", async ([, variables, args, text]) => {
    const { exitCode, stdout, stderr } = await run("mint-token.ts", ["--env", environmentFile(variables), ...args]);

    expect(stderr).toContain(text);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout).toBe("");
    expect(exitCode).toBe(2);
  });
});

describe("stand-in", () => {
  test.for([
    ["a round trip that is no number", ["--rtt", "abc"], "option '--rtt <ms>' argument 'abc' is invalid"],
    ["a round trip out of range", ["--rtt", "10001"], "option '--rtt <ms>' argument '10001' is invalid"],
    ["three instances", ["--instances", "3"], "option '--instances <n>' argument '3' is invalid"],
    ["a strictness that is none", ["--strictness", "lax"], "Allowed choices are pre_accept, post_accept, permissive"],
    ["an option that is none", ["--faults", "auth-down"], "unknown option '--faults'"],
    ["a fault that is none", ["--fault", "auth-dwon"], "auth-dwon"],
  ] as const)("exits 2 with one message and no stack for %s", async ([, args, text]) => {
    const { exitCode, stdout, stderr } = await run("stand-in.ts", args);

    expect(stderr).toContain(text);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout).toBe("");
    expect(exitCode).toBe(2);
  });

  test("lists its faults and variants, and exits 0", async () => {
    const { exitCode, stdout } = await run("stand-in.ts", ["--list"]);

    expect(stdout).toMatch(/^faults:\n[^]*^ {2}auth-down [^]*^variants:\n/m);
    expect(exitCode).toBe(0);
  });
});

/** A port that was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer();
  const { promise: listening, resolve: onListening } = Promise.withResolvers<undefined>();
  server.listen(0, "127.0.0.1", () => {
    onListening(undefined);
  });
  await listening;
  const address = server.address();
  const { promise: closed, resolve: onClosed } = Promise.withResolvers<undefined>();
  server.close(() => {
    onClosed(undefined);
  });
  await closed;
  return typeof address === "object" && address !== null ? address.port : 0;
}
