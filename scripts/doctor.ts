import { randomUUID } from "node:crypto";
import { z } from "zod";
import { StagingError } from "../fixtures/contract/errors.ts";
import type { Configuration } from "../fixtures/target/configuration.ts";
import { problem, renderResult, type NamedResult } from "./doctor/check.ts";
import { examine } from "./doctor/examine.ts";
import { openTarget } from "../fixtures/open-target.ts";
import { readConfiguration } from "./read-configuration.ts";
import { createProgram, runProgram } from "./run-program.ts";

const program = createProgram(
  "doctor",
  "Checks configuration, network, clock, token and upgrade of the target, one fix for each problem.",
)
  .option("--env <file>", "read this file instead of .env.staging")
  .addHelpText("after", "\nExit codes: 0 all is well, 1 the target has a problem, 2 the configuration has one.")
  .parse();
const { env } = z.strictObject({ env: z.string().optional() }).parse(program.opts());

function print(result: NamedResult): void {
  process.stdout.write(`${renderResult(result)}\n`);
}

function describe(configuration: Configuration): string {
  if (configuration.kind === "stand-in") {
    return "the embedded stand-in, started for this: what follows says nothing about staging";
  }
  const { bypassKey, jwtSecret, urls } = configuration;
  const ways = [bypassKey === null ? [] : "bypass key", jwtSecret === null ? [] : "shared secret"].flat();
  return `staging at ${urls.backend}, with ${ways.join(" and ")}`;
}

await runProgram(async () => {
  process.stdout.write(`Node ${process.version} on ${process.platform} ${process.arch}\n\n`);
  let configuration: Configuration;
  try {
    configuration = readConfiguration(env);
  } catch (error) {
    if (!(error instanceof StagingError)) throw error;
    print({ ...problem(`${error.happened} [${error.code}]`, error.next), name: "configuration" });
    return 2;
  }
  print({ state: "ok", name: "configuration", detail: describe(configuration) });

  await using open = await openTarget(configuration);
  const allowPrivateNetwork = configuration.kind === "stand-in" || configuration.hostRules.allowPrivateNetwork;
  let problems = 0;
  for await (const result of examine(open.target, { allowPrivateNetwork }, `doctor-${randomUUID()}`)) {
    if (result.state === "problem") problems += 1;
    print(result);
  }
  const what = open.target.kind === "stand-in" ? "the stand-in (not staging)" : "staging";
  process.stdout.write(`\n${problems === 0 ? "No problem" : `${String(problems)} to fix`}: ${what}\n`);
  return problems === 0 ? 0 : 1;
});
