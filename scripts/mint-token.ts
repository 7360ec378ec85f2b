import { randomUUID } from "node:crypto";
import { InvalidArgumentError } from "commander";
import { decodeProtectedHeader } from "jose";
import { z } from "zod";
import { mintToken, type AccessToken } from "../fixtures/client/tokens.ts";
import { createUser, type TestUser } from "../fixtures/client/users.ts";
import { EMAIL_DOMAIN, POOL_USERS, TOKEN } from "../fixtures/contract/claims.ts";
import { StagingError } from "../fixtures/contract/errors.ts";
import type { Target } from "../fixtures/target/target.ts";
import { exchangeByHand } from "./exchange.ts";
import { openTarget } from "../fixtures/open-target.ts";
import { readConfiguration } from "./read-configuration.ts";
import { createProgram, runProgram } from "./run-program.ts";

const optionsSchema = z.strictObject({
  user: z.string().optional(),
  exchange: z.literal(true).optional(),
  local: z.literal(true).optional(),
  ttl: z.number().optional(),
  claimsOnly: z.literal(true).optional(),
  env: z.string().optional(),
});

function seconds(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value > 0 && value <= TOKEN.greatestAgeSeconds) return value;
  throw new InvalidArgumentError(`Expected whole seconds from 1 to ${String(TOKEN.greatestAgeSeconds)}.`);
}

const program = createProgram(
  "mint-token",
  "Gets a bypass token of a test user, for use with curl or wscat. Prints neither secret nor key.",
)
  .option("--user <number or id>", "1, 2, 3 for the pool users, or an id; default: a user of its own")
  .option("--exchange", "exchange the bypass key at the auth service")
  .option("--local", "sign with the shared secret (the default where there is one)")
  .option("--ttl <seconds>", "life of a locally signed token", seconds)
  .option("--claims-only", "print the claims and not the token")
  .option("--env <file>", "read this file instead of .env.staging (npm run stand-in prints one)")
  .addHelpText(
    "after",
    '\nFor a shell: eval "$(npm run -s mint-token)" sets TOKEN.\nExit codes: 0 a token was printed, 2 it was not.',
  )
  .parse();

const options = optionsSchema.parse(program.opts());

function chooseUser(user: string | undefined): TestUser {
  if (user === undefined) return createUser(randomUUID(), "mint-token", 0);
  const pooled = POOL_USERS.find(({ id }, index) => user === String(index + 1) || user === id);
  if (pooled !== undefined) return pooled;
  if (/^[A-Za-z0-9][\w.-]{2,63}$/.test(user)) {
    // The auth service names the user of an exchange `e2e-<local part>`.
    return { id: user, email: `${user.replace(/^e2e-/, "")}@${EMAIL_DOMAIN}` };
  }
  throw new StagingError("E2E_MINT_USER", {
    happened: `${JSON.stringify(user)} is no user`,
    expected: "1, 2 or 3 for a pool user, or an id of 3 to 64 letters, digits, dots, dashes",
    next: "Correct --user.",
  });
}

function usageError(happened: string, next: string): StagingError {
  return new StagingError("E2E_MINT_WAY", {
    happened,
    expected: "one way to get a token, and the key or secret it needs",
    next,
  });
}

function obtainToken({ bypassKey, jwtSecret, ...rest }: Target, user: TestUser): Promise<AccessToken> {
  const exchange = options.exchange ?? (options.local === undefined && jwtSecret === null);
  if (options.exchange && options.local) throw usageError("--exchange and --local exclude each other", "Give one.");
  if (exchange) {
    if (options.ttl !== undefined) {
      throw usageError(
        "--ttl with an exchange: the auth service decides that life",
        "Leave --ttl out, or use --local.",
      );
    }
    if (bypassKey === null) throw usageError("There is no bypass key", "Set E2E_OAUTH_SIMULATION_KEY, or use --local.");
    return exchangeByHand({ bypassKey, jwtSecret, ...rest }, bypassKey, user);
  }
  if (jwtSecret === null) throw usageError("There is no shared secret", "Set JWT_SECRET_STAGING, or use --exchange.");
  const life = options.ttl ?? TOKEN.accessLifeSeconds;
  return mintToken(jwtSecret, user, { exp: Math.floor(Date.now() / 1000) + life });
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function renderToken(token: AccessToken, target: Target, caFile: string | null): string {
  const life = (token.claims.exp ?? 0) - (token.claims.iat ?? 0);
  const claims = [
    `# ${token.provenance} for ${token.user.id}, valid for ${String(life)} s`,
    `# header: ${JSON.stringify(decodeProtectedHeader(token.value))}`,
    ...JSON.stringify(token.claims, null, 2)
      .split("\n")
      .map((line) => `# ${line}`),
  ];
  if (options.claimsOnly) return claims.join("\n");
  const curlCa = caFile === null ? "" : ` --cacert ${quoted(caFile)}`;
  const wscatCa = caFile === null ? "" : ` --ca ${quoted(caFile)}`;
  return [
    ...claims,
    `TOKEN=${quoted(token.value)}`,
    "",
    "# ready to paste, once the line above is:",
    `# curl${curlCa} -H "Authorization: Bearer $TOKEN" ${target.urls.backend}/api/threads`,
    `# npx wscat${wscatCa} -H "Authorization: Bearer $TOKEN" -c ${target.websocket}/ws`,
  ].join("\n");
}

await runProgram(async () => {
  const user = chooseUser(options.user);
  const configuration = readConfiguration(options.env);
  if (configuration.kind === "stand-in") {
    throw new StagingError("E2E_MINT_TARGET", {
      happened: "No staging is configured, and a stand-in started for this would be gone before the token is used",
      expected: "a target that stays: staging, or a stand-in of its own",
      next: "Fill in .env.staging, or start npm run stand-in and give its environment file with --env.",
    });
  }
  await using open = await openTarget(configuration);
  const token = await obtainToken(open.target, user);
  process.stdout.write(`${renderToken(token, open.target, configuration.caFile)}\n`);
  return 0;
});
