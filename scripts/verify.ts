import { NOT_SIGNED } from "../fixtures/evidence/verification/signature.ts";
import { verifyRun } from "../fixtures/evidence/verification/verify-run.ts";
import { addTrustOptions, readTrust, type TrustOptions } from "./read-trust.ts";
import { createProgram, runProgram } from "./run-program.ts";

const program = addTrustOptions(
  createProgram("verify", "Repeats every total and judgement of a run from its ledger, and compares."),
  undefined,
).option("--allow-unsigned", "a record that nobody signed, or whose signature cannot be checked, is no failure");
program.parse();
const options = program.opts<TrustOptions & { allowUnsigned?: boolean }>();
const [folder = ""] = program.args;

await runProgram(() => {
  const { checks } = verifyRun(folder, readTrust(options));
  const accepted = checks.map((check) => {
    const isUnsigned = check.name === "signature" && (check.outcome === "unchecked" || check.says === NOT_SIGNED);
    return isUnsigned && options.allowUnsigned === true
      ? { ...check, outcome: "ok" as const, says: `${check.says} (allowed)` }
      : check;
  });
  for (const { name, outcome, says } of accepted) {
    process.stdout.write(`${outcome.padEnd(10)}${name.padEnd(13)}${says.replaceAll(/\s*\n\s*/g, "; ")}\n`);
  }
  const failed = accepted.filter(({ outcome }) => outcome === "failed").length;
  const unchecked = accepted.filter(({ outcome }) => outcome === "unchecked").length;
  const verdict =
    failed > 0
      ? `NOT VERIFIED: ${failed} failed`
      : unchecked > 0
        ? "NOT VERIFIED: not everything was checked"
        : "VERIFIED";
  process.stdout.write(`\n${verdict}\n`);
  return failed > 0 ? 1 : unchecked > 0 ? 2 : 0;
});
