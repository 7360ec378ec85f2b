import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { readEnvironmentFile } from "../../../fixtures/target/environment-file.ts";
import { mergeVariables, parseEnvironment, takeEnvironment } from "../../../fixtures/target/environment.ts";
import { defaultOf, notesOn, SECRET_NAMES, VARIABLE_NAMES } from "../../../fixtures/target/variables.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const SECRET = "a-secret-of-more-than-32-characters!";

function temporaryFile(text: string | Buffer): string {
  const path = join(temporaryFolder(), "variables");
  writeFileSync(path, text);
  return path;
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("the schema", () => {
  test.for(VARIABLE_NAMES.filter((name) => !SECRET_NAMES.includes(name)))("parses its own example of %s", (name) => {
    const parsed = parseEnvironment({ [name]: notesOn(name).example });

    expect(parsed[name]).not.toEqual(parseEnvironment({})[name]);
  });

  test.for(VARIABLE_NAMES)("describes %s, and says what being unset means", (name) => {
    const { description, whenUnset } = notesOn(name);

    expect(description).toMatch(/\.$/);
    expect([defaultOf(name), whenUnset]).toContainEqual(expect.any(String));
  });

  test("has the defaults the design names", () => {
    expect(parseEnvironment({})).toMatchObject({
      STAND_IN_RTT_MS: 40,
      STAND_IN_AGENT_GAP_MS: 100,
      STAND_IN_INSTANCES: 1,
    });
  });
});

describe("a value that breaks its rule", () => {
  test.for([
    ["STAGING_TARGET", "production"],
    ["STAGING_BASE_URL", "http://api.staging.netrasystems.ai"],
    ["STAGING_BASE_URL", "api.staging.netrasystems.ai"],
    ["STAGING_BASE_URL", "https://api.staging.netrasystems.ai/api"],
    ["STAGING_BASE_URL", "https://user:hunter2@api.staging.netrasystems.ai"],
    ["STAGING_BASE_URL", "https://api.staging.netrasystems.ai?key=hunter2"],
    ["STAGING_WEBSOCKET_URL", "https://api.staging.netrasystems.ai"],
    ["STAGING_WEBSOCKET_URL", "ws://api.staging.netrasystems.ai"],
    ["STAGING_ALLOW_PRIVATE_NETWORK", "true"],
    ["STAGING_ALLOWED_HOSTS", "https://preview.example.dev"],
    ["STAGING_ALLOWED_HOSTS", "*.example.dev"],
    ["STAGING_ALLOWED_HOSTS", "preview.example.dev:8443"],
    ["STAGING_ALLOWED_HOSTS", "preview.example.dev,,other.example.dev"],
    ["STAGING_CONCURRENCY", "99999"],
    ["STAGING_CONCURRENCY", "1e3"],
    ["STAGING_RUN_TIMEOUT_MS", "5 min"],
    ["JWT_SECRET_STAGING", "shorter-than-32-characters"],
    ["JWT_SECRET_STAGING", `${SECRET}\n`],
    ["E2E_OAUTH_SIMULATION_KEY", "hunter2 \n"],
    ["STAND_IN_RTT_MS", "-1"],
    ["STAND_IN_INSTANCES", "3"],
    ["STAND_IN_STRICTNESS", "strict"],
    ["STAND_IN_FAULTS", "backend down"],
  ] as const)("%s=%j is an error that names the variable and not the value", ([name, value]) => {
    expect(() => parseEnvironment({ [name]: value })).toThrow(
      expect.objectContaining({
        code: "E2E_CONFIG_INVALID",
        happened: expect.stringMatching(new RegExp(`^The configuration is invalid: ${name} `)),
        message: expect.not.stringContaining(value.trim()),
      }),
    );
  });

  test("is reported together with every other", () => {
    const raw = { STAGING_CONCURRENCY: "many", STAND_IN_RTT_MS: "slow", STAGING_TARGT: "staging" };

    expect(() => parseEnvironment(raw)).toThrow(/STAGING_TARGT .*STAGING_CONCURRENCY .*STAND_IN_RTT_MS /);
  });
});

describe("a name that is unknown", () => {
  test.for([
    ["STAGING_BASE_URI", "STAGING_BASE_URL"],
    ["STAGING_BACKEND_URL", "STAGING_BASE_URL"],
    ["STAGING_WS_URL", "STAGING_WEBSOCKET_URL"],
    ["STANDIN_RTT_MS", "STAND_IN_RTT_MS"],
    ["STAND_IN_FAULT", "STAND_IN_FAULTS"],
    ["JWT_SECRET_STAGNG", "JWT_SECRET_STAGING"],
    ["E2E_OAUTH_SIMULATON_KEY", "E2E_OAUTH_SIMULATION_KEY"],
  ] as const)("%s is an error that suggests %s", ([name, suggestion]) => {
    expect(() => parseEnvironment({ [name]: "value" })).toThrow(
      expect.objectContaining({
        code: "E2E_CONFIG_INVALID",
        happened: expect.stringMatching(new RegExp(`${name} is unknown.*${suggestion}`)),
      }),
    );
  });

  test("is none of our business where it is another tool's", () => {
    const others = { PATH: "/bin", STAGING_ENV: "staging", JWT_SECRET: "x", E2E_TESTING: "1", CI: "true" };

    expect(parseEnvironment(others)).toEqual(parseEnvironment({}));
  });
});

describe("the process's variables and the file's", () => {
  test("the process's win, and one set to nothing hides the file's", () => {
    const merged = mergeVariables(
      { STAGING_CONCURRENCY: "7", JWT_SECRET_STAGING: "", HOME: undefined },
      { STAGING_CONCURRENCY: "9", JWT_SECRET_STAGING: SECRET, STAGING_BASE_URL: "https://a.staging.example" },
    );

    expect(merged).toEqual({ STAGING_CONCURRENCY: "7", STAGING_BASE_URL: "https://a.staging.example" });
  });

  test("a target chosen in the process sets the file's variables of the other aside", () => {
    const file = { STAGING_BASE_URL: "https://a.staging.example", JWT_SECRET_STAGING: SECRET, STAND_IN_RTT_MS: "1" };

    expect(mergeVariables({ STAGING_TARGET: "stand-in" }, file)).toEqual({
      STAGING_TARGET: "stand-in",
      STAND_IN_RTT_MS: "1",
    });
    expect(mergeVariables({ STAGING_TARGET: "staging" }, file)).not.toHaveProperty("STAND_IN_RTT_MS");
  });

  test("secrets are gone from the process once taken, and can be taken again", () => {
    vi.stubEnv("STAGING_TARGET", "staging");
    vi.stubEnv("JWT_SECRET_STAGING", SECRET);
    const file = temporaryFile("E2E_OAUTH_SIMULATION_KEY=key-of-the-file\n");

    const first = takeEnvironment({ file });

    expect(first).toMatchObject({ JWT_SECRET_STAGING: SECRET, E2E_OAUTH_SIMULATION_KEY: "key-of-the-file" });
    expect(process.env).not.toHaveProperty("JWT_SECRET_STAGING");
    expect(takeEnvironment({ file })).toEqual(first);
  });
});

describe("the file", () => {
  test("may be absent, unless it was asked for by name", () => {
    const path = join(temporaryFolder(), "no-such-folder", ".env.staging");

    expect(readEnvironmentFile(path, { required: false })).toEqual({});
    expect(() => readEnvironmentFile(path, { required: true })).toThrow(
      expect.objectContaining({ code: "E2E_CONFIG_FILE" }),
    );
  });

  test("is read as dotenv reads it", () => {
    const text = `# comment\nexport A=1\nB = "two # words" # comment\nC='a"b'\n\nD="line 1\nline 2"\nE=\nF=x # comment\n`;

    expect(readEnvironmentFile(temporaryFile(text), { required: true })).toEqual({
      A: "1",
      B: "two # words",
      C: 'a"b',
      D: "line 1\nline 2",
      E: "",
      F: "x",
    });
  });

  test.for([
    ["a line that is no assignment", "A=1\nhunter2\n", /line 2 is not NAME=value/],
    ["a quote that is never closed", 'A="hunter2\nB=1\n', /line 1: the quote of A is never closed/],
    ["a # that would cut a value short", "A=hunter#2\n", /line 1: the value of A holds a #/],
    ["a name set twice", "A=hunter2\nA=hunter3\n", /line 2 sets A again \(first in line 1\)/],
    ["bytes that are not UTF-8", Buffer.from([0x41, 0x3d, 0xff, 0xfe]), /not UTF-8/],
  ] as const)("is refused for %s, without its values", ([, text, happened]) => {
    expect(() => readEnvironmentFile(temporaryFile(text), { required: false })).toThrow(
      expect.objectContaining({
        code: "E2E_CONFIG_FILE",
        happened: expect.stringMatching(happened),
        message: expect.not.stringContaining("hunter"),
      }),
    );
  });

  test("is refused where it cannot be read", () => {
    // A folder in its place fails for root too, whom no file mode stops.
    const folder = temporaryFolder();

    expect(() => readEnvironmentFile(folder, { required: false })).toThrow(/cannot be read: EISDIR/);
  });
});
