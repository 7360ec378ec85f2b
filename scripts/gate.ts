import { Option } from "commander";
import { TIERS, type Tier } from "../fixtures/contract/suite.ts";
import { gateRun } from "../fixtures/evidence/verification/gate-run.ts";
import { verifyRun } from "../fixtures/evidence/verification/verify-run.ts";
import { addTrustOptions, readAuthorities, readTrust, type TrustOptions } from "./read-trust.ts";
import { createProgram, runProgram } from "./run-program.ts";

const program = addTrustOptions(
  createProgram("gate", "Answers whether a run is a licence to go on: exit 0 yes, 1 no, 2 cannot be told."),
  "24h",
)
  .addOption(new Option("--tier <tier>", "the least that must have been covered").choices(TIERS))
  .option("--allow-unsigned", "accept a record that nobody signed, or whose signature cannot be checked")
  .option("--allow-weak", "accept a record whose evidence is weakened");
program.parse();
const options = program.opts<TrustOptions & { tier?: Tier; allowUnsigned?: boolean; allowWeak?: boolean }>();
const [folder = ""] = program.args;

await runProgram(() => {
  const verification = verifyRun(folder, readTrust(options));
  const { tier, allowUnsigned = false, allowWeak = false } = options;
  const refusals = gateRun(verification, { tier, allowUnsigned, allowWeak, authorities: readAuthorities() });
  for (const { code, says } of refusals) {
    process.stdout.write(`refused  ${code.padEnd(18)}${says.replaceAll(/\s*\n\s*/g, "; ")}\n`);
  }
  process.stdout.write(refusals.length === 0 ? "accepted\n" : `\nREFUSED (${refusals.length})\n`);
  return refusals.length === 0 ? 0 : 1;
});
