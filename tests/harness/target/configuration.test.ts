import { X509Certificate } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { describe, expect, test } from "vitest";
import { STAGING_URLS } from "../../../fixtures/contract/services.ts";
import { resolveConfiguration, type ConfigurationContext } from "../../../fixtures/target/configuration.ts";
import { createTarget } from "../../../fixtures/target/create-target.ts";
import { parseEnvironment } from "../../../fixtures/target/environment.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const KEY = "bypass-key-that-no-error-may-show";
const SECRET = "shared-secret-that-no-error-may-show";

const LAPTOP: ConfigurationContext = { ci: null, tier: "full", chromium: null };
const CI: ConfigurationContext = { ...LAPTOP, ci: "GitHub Actions" };

function resolve(raw: Record<string, string>, context = LAPTOP) {
  return resolveConfiguration(parseEnvironment(raw), context);
}

describe("nothing configured", () => {
  test("is the stand-in, with its defaults", () => {
    expect(resolve({})).toEqual({
      kind: "stand-in",
      tier: "full",
      chromium: null,
      concurrency: 50,
      runTimeoutMs: 300_000,
      redRunMs: 8_000,
      runsFolder: expect.stringMatching(/\/runs$/),
      expectedRevision: null,
      rolloutWaitMs: 0,
      evidenceKey: null,
      settings: {
        rttMs: 40,
        jitterMs: 0,
        strictness: "post_accept",
        agentGapMs: 100,
        instances: 1,
        variants: [],
        faults: [],
      },
    });
  });

  test("is the stand-in too where only its own variables and those of any run are set", () => {
    const raw = { STAND_IN_RTT_MS: "120", STAND_IN_FAULTS: "backend-down, auth-down", STAGING_CONCURRENCY: "9" };

    expect(resolve(raw)).toMatchObject({
      kind: "stand-in",
      concurrency: 9,
      settings: { rttMs: 120, faults: ["backend-down", "auth-down"] },
    });
  });

  test("is an error on a named CI service, and names the secrets and the way out", () => {
    expect(() => resolve({ STAND_IN_RTT_MS: "120" }, CI)).toThrow(
      expect.objectContaining({
        code: "E2E_CONFIG_CI_UNCONFIGURED",
        message: expect.stringMatching(
          /GitHub Actions.*E2E_OAUTH_SIMULATION_KEY.*JWT_SECRET_STAGING.*STAGING_TARGET=stand-in/s,
        ),
      }),
    );
  });

  test("is the stand-in on a CI service that asks for it", () => {
    expect(resolve({ STAGING_TARGET: "stand-in" }, CI).kind).toBe("stand-in");
  });
});

describe("staging", () => {
  test.for([
    ["the bypass key", { E2E_OAUTH_SIMULATION_KEY: KEY }, ["bypass-key"]],
    ["the secret", { JWT_SECRET_STAGING: SECRET }, ["secret"]],
    ["both", { E2E_OAUTH_SIMULATION_KEY: KEY, JWT_SECRET_STAGING: SECRET }, ["secret", "bypass-key"]],
  ] as const)("is the public one with %s alone, on CI too", ([, raw, has]) => {
    const configuration = resolve(raw, CI);

    expect(configuration).toMatchObject({
      kind: "staging",
      urls: { backend: STAGING_URLS.backend, auth: STAGING_URLS.auth, frontend: STAGING_URLS.frontend },
      websocket: STAGING_URLS.websocket,
    });
    expect(createTarget(configuration, null).has).toEqual(has);
  });

  test("takes its WebSocket from the backend, and a path of either does not matter", () => {
    const raw = {
      STAGING_BASE_URL: "https://api.preview.staging.example:8443/",
      STAGING_AUTH_URL: "https://auth.preview.staging.example",
      STAGING_FRONTEND_URL: "https://app.preview.staging.example",
      JWT_SECRET_STAGING: SECRET,
    };

    expect(resolve(raw)).toMatchObject({ websocket: "wss://api.preview.staging.example:8443" });
    expect(resolve({ ...raw, STAGING_WEBSOCKET_URL: "wss://ws.staging.example/api/v1/websocket" })).toMatchObject({
      websocket: "wss://ws.staging.example",
    });
  });

  test("takes a time limit and a browser from the run", () => {
    const context = { ci: null, tier: "premerge", chromium: "/usr/bin/chromium" } as const;
    const direct = { STAGING_DIRECT_URL: "https://netra-backend-staging-pnovr5vsba-uc.a.run.app" };
    const configuration = resolve({ JWT_SECRET_STAGING: SECRET, ...direct }, context);

    expect(configuration).toMatchObject({ runTimeoutMs: 120_000 });
    expect(createTarget(configuration, null)).toMatchObject({
      tier: "premerge",
      chromium: "/usr/bin/chromium",
      has: ["secret", "direct-url", "browser"],
      settings: {},
    });
  });
});

describe("half configured", () => {
  const own = "https://api.preview.staging.example";

  test.for([
    [
      "a target without a credential",
      { STAGING_TARGET: "staging" },
      ["E2E_OAUTH_SIMULATION_KEY or JWT_SECRET_STAGING"],
    ],
    ["a URL without a credential", { STAGING_BASE_URL: STAGING_URLS.backend }, ["E2E_OAUTH_SIMULATION_KEY"]],
    ["an expected revision alone", { STAGING_EXPECTED_REVISION: "r1" }, ["E2E_OAUTH_SIMULATION_KEY"]],
    [
      "one host of one's own and no credential",
      { STAGING_BASE_URL: own },
      ["JWT_SECRET_STAGING", "STAGING_AUTH_URL", "STAGING_FRONTEND_URL"],
    ],
    [
      "a WebSocket host of one's own alone",
      { STAGING_WEBSOCKET_URL: own.replace("https", "wss"), JWT_SECRET_STAGING: SECRET },
      ["STAGING_BASE_URL", "STAGING_AUTH_URL", "STAGING_FRONTEND_URL"],
    ],
  ] as const)("%s is an error that names all that is missing", ([, raw, missing]) => {
    expect(() => resolve(raw)).toThrow(
      expect.objectContaining({
        code: "E2E_CONFIG_INCOMPLETE",
        happened: expect.stringMatching(new RegExp(missing.join(".*"))),
      }),
    );
  });
});

describe("variables that contradict each other", () => {
  test.for([
    ["the stand-in with URLs", { STAGING_TARGET: "stand-in", STAGING_AUTH_URL: STAGING_URLS.auth }],
    ["staging with a fault of the stand-in", { JWT_SECRET_STAGING: SECRET, STAND_IN_FAULTS: "backend-down" }],
  ] as const)("%s is an error", ([, raw]) => {
    expect(() => resolve(raw)).toThrow(expect.objectContaining({ code: "E2E_CONFIG_CONTRADICTION" }));
  });
});

describe("a refused host", () => {
  test.for([
    ["E2E_CONFIG_PRODUCTION_HOST", "https://api.netrasystems.ai"],
    ["E2E_CONFIG_UNKNOWN_HOST", "https://api.example.com"],
    ["E2E_CONFIG_PRIVATE_ADDRESS", "https://localhost:8443"],
  ] as const)("is %s for %s, in whichever variable it stands, and shows no secret", ([code, url]) => {
    const urls = { STAGING_BASE_URL: url, STAGING_AUTH_URL: url, STAGING_FRONTEND_URL: url };
    const keys = { E2E_OAUTH_SIMULATION_KEY: KEY, JWT_SECRET_STAGING: SECRET };

    expect(() => resolve({ ...urls, ...keys })).toThrow(
      expect.objectContaining({ code, message: expect.not.stringMatching(/no-error-may-show/) }),
    );
    expect(() => resolve({ ...keys, STAGING_DIRECT_URL: url })).toThrow(expect.objectContaining({ code }));
  });
});

describe("an authority of one's own", () => {
  // Any certificate does, seen from a time inside or outside its life: one that Node brings along.
  const [pem = ""] = rootCertificates;
  const { validFromDate, validToDate } = new X509Certificate(pem);
  const within = new Date((validFromDate.getTime() + validToDate.getTime()) / 2);
  const after = new Date(validToDate.getTime() + 1_000);
  const before = new Date(validFromDate.getTime() - 1_000);

  function resolveWith(text: string, now: Date) {
    const path = join(temporaryFolder(), "ca.pem");
    writeFileSync(path, text);
    return resolve({ JWT_SECRET_STAGING: SECRET, STAGING_CA_FILE: path }, { ...LAPTOP, now });
  }

  test("is read, and nothing but certificates of its file", () => {
    const text = `a comment\n-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n${pem}\n`;

    expect(resolveWith(text, within)).toMatchObject({ ca: `${pem}\n` });
  });

  test.for([
    ["that has expired", pem, after, / ended 2/],
    ["that is not valid yet", pem, before, / begins [12]/],
    ["that is no certificate", "hello", within, /holds no certificate/],
    [
      "that cannot be parsed",
      `${pem}\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`,
      within,
      /cannot be parsed \(number 2\)/,
    ],
  ] as const)("%s is refused", ([, text, now, happened]) => {
    expect(() => resolveWith(text, now)).toThrow(
      expect.objectContaining({ code: "E2E_CONFIG_CA_FILE", happened: expect.stringMatching(happened) }),
    );
  });

  test("that is missing is refused", () => {
    const raw = { JWT_SECRET_STAGING: SECRET, STAGING_CA_FILE: "/no/such/file.pem" };

    expect(() => resolve(raw)).toThrow(expect.objectContaining({ code: "E2E_CONFIG_CA_FILE" }));
  });
});

test("the stand-in's target carries its settings without the empty ones, and everything a case may need", () => {
  const configuration = resolve(
    { STAND_IN_FAULTS: "backend-down,auth-down" },
    { ...LAPTOP, chromium: "/usr/bin/chromium" },
  );
  const standIn = {
    urls: {
      backend: "https://localhost:1",
      auth: "https://localhost:2",
      frontend: "https://localhost:3",
      websocket: "wss://localhost:1",
      direct: "https://localhost:4",
    },
    ca: "pem",
    bypassKey: KEY,
    jwtSecret: SECRET,
    revision: "r1",
  };

  expect(createTarget(configuration, standIn)).toMatchObject({
    kind: "stand-in",
    expectedRevision: "r1",
    urls: { direct: "https://localhost:4" },
    websocket: "wss://localhost:1",
    has: ["secret", "bypass-key", "direct-url", "browser"],
    settings: {
      rttMs: "40",
      jitterMs: "0",
      strictness: "post_accept",
      agentGapMs: "100",
      instances: "1",
      faults: "backend-down,auth-down",
    },
  });
});
