import { z } from "zod";
import { startStandIn } from "../fixtures/stand-in/index.ts";
import { readPlainHonestFiles } from "./fake-gallery/honest-files.ts";
import { GALLERY } from "./fake-gallery/read-gallery.ts";
import { createProgram, runProgram } from "./run-program.ts";
import { runSuite, stagingVariables } from "./suite-process.ts";

/** Repeats a run of honest files over networks near and far: not one pass may be rejected. */
const program = createProgram(
  "honest-runs",
  "Repeats the honest files of the gallery; exit 1 where a pass was rejected.",
);
program.option("--runs <n>", "runs in all", "200");
program.parse();
const { runs } = z.object({ runs: z.coerce.number().int().min(1) }).parse(program.opts());

const LINKS = [
  { rttMs: 0, jitterMs: 0 },
  { rttMs: 40, jitterMs: 10 },
  { rttMs: 150, jitterMs: 50 },
] as const;

interface Tally {
  runs: number;
  passed: number;
  readonly red: string[];
}

async function repeat(link: (typeof LINKS)[number], times: number): Promise<Tally> {
  await using standIn = await startStandIn({ ...link, agentGapMs: 20 });
  using variables = stagingVariables(standIn);
  const args = ["--config", `${GALLERY}/vitest.config.ts`, ...readPlainHonestFiles()];
  const tally: Tally = { runs: 0, passed: 0, red: [] };
  for (let run = 0; run < times; run += 1) {
    const { record, output, exitCode } = await runSuite({ args, env: variables.env });
    tally.runs += 1;
    tally.passed += record?.totals.passed ?? 0;
    if (exitCode === 0) continue;
    const cases = record?.cases.filter(({ state }) => state !== "passed") ?? [];
    const reasons = cases.flatMap(({ id, rejections, failures }) => [
      ...rejections.map(({ code, evidence }) => `${id} rejected ${code}: ${evidence}`),
      ...failures.map(({ message }) => `${id}: ${message.split("\n")[0] ?? ""}`),
    ]);
    tally.red.push(...(reasons.length > 0 ? reasons : [output.slice(-400)]));
  }
  return tally;
}

await runProgram(async () => {
  let red = 0;
  for (const link of LINKS) {
    const tally = await repeat(link, Math.ceil(runs / LINKS.length));
    red += tally.red.length;
    const name = `${link.rttMs} ms ± ${link.jitterMs} ms`;
    process.stdout.write(
      `${name.padEnd(18)} ${tally.runs} runs, ${tally.passed} passes, ${tally.red.length} not believed or red\n`,
    );
    for (const reason of tally.red) process.stdout.write(`  ${reason}\n`);
  }
  return red === 0 ? 0 : 1;
});
