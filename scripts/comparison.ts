import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { z } from "zod";
import { PROJECT_ROOT } from "../fixtures/target/index.ts";
import { isRight, measureState, type Outcome } from "./comparison/measure.ts";
import { renderLine, renderPage } from "./comparison/render.ts";
import { STATES } from "./comparison/states.ts";
import { createProgram, runProgram } from "./run-program.ts";

/** Shows what this suite says of a server in eight states, beside what the suite before it said. */
const program = createProgram(
  "comparison",
  "Runs the suite against a server in eight states; exit 1 unless it tells the good ones from the broken ones.",
)
  .option("--write", "write docs/comparison.md from what was measured")
  .parse();
const { write } = z.strictObject({ write: z.literal(true).optional() }).parse(program.opts());

await runProgram(async () => {
  const outcomes: Outcome[] = [];
  // One after the other: two runs at once would measure each other.
  for (const state of STATES) {
    const outcome = await measureState(state);
    outcomes.push(outcome);
    process.stdout.write(`${renderLine(outcome)}\n`);
  }
  if (write === true) {
    const page = renderPage(outcomes, new Date().toISOString().slice(0, 10));
    const text = await format(page, { parser: "markdown", printWidth: 120 });
    writeFileSync(join(PROJECT_ROOT, "docs/comparison.md"), text);
  }
  return outcomes.every(isRight) ? 0 : 1;
});
