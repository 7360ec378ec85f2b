import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";

import { InvalidArgumentError, Option } from "commander";
import type { ZodType } from "zod";

import { FAULTS, startStandIn, StandInError, VARIANTS, type StandIn } from "../fixtures/stand-in/index.ts";
import { settingsSchema } from "../fixtures/stand-in/settings.ts";
import { createProgram, runProgram } from "./run-program.ts";

const PRIVATE_FILE_MODE = 0o600;
const { rttMs, jitterMs, strictness, agentGapMs, instances } = settingsSchema.shape;

interface Arguments {
  readonly rtt: number;
  readonly jitter: number;
  readonly strictness: "pre_accept" | "post_accept" | "permissive";
  readonly agentGap: number;
  readonly instances: 1 | 2;
  readonly fault: readonly string[];
  readonly variant: readonly string[];
  readonly printSecrets: boolean;
  readonly log: boolean;
  readonly list: boolean;
}

const program = createProgram(
  "stand-in",
  "Starts the embedded staging system and keeps it running until Ctrl-C. It is not staging.",
)
  .option("--rtt <ms>", "round trip of the link", numberOf(rttMs), rttMs.parse(undefined))
  .option("--jitter <ms>", "how much the round trip varies either way", numberOf(jitterMs), jitterMs.parse(undefined))
  .addOption(
    new Option("--strictness <how>", "when a bad token on the socket is refused")
      .choices(strictness.unwrap().options)
      .default(strictness.parse(undefined)),
  )
  .option("--agent-gap <ms>", "time between two agent events", numberOf(agentGapMs), agentGapMs.parse(undefined))
  .option(
    "--instances <n>",
    "backend instances behind the balancer, 1 or 2",
    numberOf(instances),
    instances.parse(undefined),
  )
  .option("--fault <name>", "a fault to switch on; may be repeated", collect, [])
  .option("--variant <name>", "a tolerated generation; may be repeated", collect, [])
  .option("--print-secrets", "print the bypass key and the JWT secret as export lines", false)
  .option("--log", "print the services' log at the end", false)
  .option("--list", "list faults and variants, and end", false);

const args = program.parse().opts<Arguments>();
await runProgram(() => (args.list ? list() : run()));

async function run(): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), "stand-in-"));
  process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
  try {
    await using standIn = await startStandIn({
      rttMs: args.rtt,
      jitterMs: args.jitter,
      strictness: args.strictness,
      agentGapMs: args.agentGap,
      instances: args.instances,
      faults: args.fault,
      variants: args.variant,
    });
    process.stdout.write(`${describe(standIn, directory)}\n`);
    await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
    if (args.log) for (const line of await standIn.logs()) process.stdout.write(`${JSON.stringify(line)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof StandInError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

function describe(standIn: StandIn, directory: string): string {
  const { urls, revision } = standIn;
  const caFile = join(directory, "ca.pem");
  writeFileSync(caFile, standIn.ca);
  const settings = [
    ["STAGING_TARGET", "staging"],
    ["STAGING_BASE_URL", urls.backend],
    ["STAGING_AUTH_URL", urls.auth],
    ["STAGING_FRONTEND_URL", urls.frontend],
    ["STAGING_WEBSOCKET_URL", urls.websocket],
    ["STAGING_DIRECT_URL", urls.direct],
    ["STAGING_CA_FILE", caFile],
    ["STAGING_ALLOWED_HOSTS", "localhost"],
    ["STAGING_ALLOW_PRIVATE_NETWORK", "1"],
    ["STAGING_EXPECTED_REVISION", revision],
  ].map(([name = "", value = ""]) => `export ${name}=${value}`);
  const secrets = [
    `export E2E_OAUTH_SIMULATION_KEY=${standIn.bypassKey}`,
    `export JWT_SECRET_STAGING=${standIn.jwtSecret}`,
  ];
  const secretsFile = join(directory, "secrets.env");
  if (!args.printSecrets) writeFileSync(secretsFile, `${secrets.join("\n")}\n`, { mode: PRIVATE_FILE_MODE });
  const switchedOn = [...args.fault, ...args.variant];

  return [
    "This is the embedded stand-in. It is NOT staging: what it answers says nothing about staging.",
    "",
    `backend    ${urls.backend}`,
    `auth       ${urls.auth}`,
    `frontend   ${urls.frontend}`,
    `websocket  ${urls.websocket}/ws`,
    `direct     ${urls.direct}`,
    `revision   ${revision}`,
    `CA         ${caFile} (removed at the end)`,
    `link       ${args.rtt} ms round trip, ${args.jitter} ms jitter; bad tokens on the socket: ${args.strictness}`,
    ...(switchedOn.length === 0 ? [] : [`switched on  ${switchedOn.join(", ")}`]),
    "",
    "To point something at it:",
    ...settings,
    ...(args.printSecrets ? secrets : [`set -a; . ${secretsFile}; set +a   # bypass key and JWT secret, 0600`]),
    "",
    `curl --cacert ${caFile} ${urls.backend}/health`,
    `curl --cacert ${caFile} -X POST -H "X-E2E-Bypass-Key: $E2E_OAUTH_SIMULATION_KEY" \\`,
    `  -H 'content-type: application/json' -d '{}' ${urls.auth}/auth/e2e/test-auth`,
    `npx wscat --ca ${caFile} -H "Authorization: Bearer $TOKEN" -c ${urls.websocket}/ws`,
    `SSL_CERT_FILE=${caFile} python -m websockets ${urls.websocket}/ws`,
    "",
    "Ctrl-C ends it.",
  ].join("\n");
}

function list(): number {
  const rows = [
    "faults:",
    ...FAULTS.map(({ name, incident, team, mechanism }) => `  ${name}  [${incident}, ${team}]  ${mechanism}`),
    "variants:",
    ...VARIANTS.map(({ name, what }) => `  ${name}  ${what}`),
  ];
  process.stdout.write(`${rows.join("\n")}\n`);
  return 0;
}

/** Reads an option's number as the stand-in's own settings would, so that misuse is told before anything starts. */
function numberOf<Value>(setting: ZodType<Value>): (text: string) => Value {
  return (text) => {
    const { success, data, error } = setting.safeParse(text.trim() === "" ? text : Number(text));
    if (success) return data;
    throw new InvalidArgumentError(error.issues.map(({ message }) => message).join("; "));
  };
}

function collect(name: string, before: readonly string[]): readonly string[] {
  return [...before, name];
}
