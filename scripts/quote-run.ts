import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { StagingError } from "../fixtures/contract/errors.ts";
import { RUN_FILES } from "../fixtures/evidence/run-folder.ts";
import { PROJECT_ROOT } from "../fixtures/target/index.ts";
import { createProgram, runProgram } from "./run-program.ts";

const README = join(PROJECT_ROOT, "README.md");
const BEGIN = "<!-- console: written by npm run docs:readme from a real run -->\n<!-- prettier-ignore-start -->";
const END = "<!-- prettier-ignore-end -->\n<!-- console end -->";
/** Cases quoted of each group; the README shows what a run looks like, not every line of it. */
const CASES_PER_GROUP = 3;

const program = createProgram("quote-run", "Quotes what a run printed in README.md, shortened.")
  .argument("<folder>", "the folder of one run, such as runs/2026-11-21T08-10-33-0c1feca5")
  .parse();
const [folder = ""] = program.args;

/** The console of a run with few cases of each group, and without what lies between the cases and the verdict. */
function shorten(text: string): string[] {
  const lines = text.trimEnd().split("\n");
  const rule = lines.findLastIndex((line) => /^─+$/.test(line));
  const lastCase = lines.findLastIndex((line) => /^ {2}[✓✗?–] /.test(line));
  const kept: string[] = [];
  let casesOfGroup = 0;
  for (const line of lines.slice(0, lastCase + 1)) {
    if (/^\S/.test(line)) casesOfGroup = 0;
    if (/^ {2}[✓✗?–] /.test(line)) casesOfGroup += 1;
    if (casesOfGroup <= CASES_PER_GROUP || line === "") kept.push(line);
    else if (kept.at(-1) !== "  …") kept.push("  …");
  }
  return [...kept, "…", "", ...lines.slice(rule)];
}

await runProgram(() => {
  const [before = "", rest = ""] = readFileSync(README, "utf8").split(BEGIN, 2);
  const [, after] = rest.split(END, 2);
  if (after === undefined) {
    throw new StagingError("E2E_README", {
      happened: "README.md has lost the marks around the console",
      expected: `${BEGIN} and ${END}`,
      next: "put them back where the console belongs",
    });
  }
  const lines = shorten(readFileSync(join(resolve(folder), RUN_FILES.console), "utf8"));
  writeFileSync(README, `${before}${BEGIN}\n\n${["```text", ...lines, "```"].join("\n")}\n\n${END}${after}`);
  return 0;
});
