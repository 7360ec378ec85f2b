import type { Fault } from "../../fixtures/stand-in/index.ts";
import type { Measurement } from "./job.ts";
import { isPerfect, type Score } from "./score.ts";

/** The matrix for a person: the score first, then a row for each fault, then the specific killers of each case. */
export function renderMatrix(
  score: Score,
  measured: readonly Measurement[],
  faults: readonly Pick<Fault, "name" | "incident" | "mechanism">[],
): string {
  const about = new Map(faults.map((fault) => [fault.name, fault]));
  const rows = measured.map(({ faults: names, red, findings }) => {
    const name = names.join(" + ");
    const { incident = "", mechanism = "" } = about.get(name) ?? {};
    return `| \`${name}\` | ${incident} | ${mechanism} | ${findings[0]?.code ?? "–"} | ${red.length} | ${red.join(", ")} |`;
  });
  return [
    "# Fault matrix",
    "",
    renderScore(score),
    "",
    "| fault | incident | what is broken | first finding | red | cases |",
    "| --- | --- | --- | --- | ---: | --- |",
    ...rows,
    "",
  ].join("\n");
}

/** The score in a few lines; what keeps it from being perfect is named. */
export function renderScore(score: Score): string {
  const killed = score.faults - score.survived.length;
  const share = (part: number, whole: number): string => `${part} of ${whole}`;
  const lines = [
    isPerfect(score) ? "Perfect." : "Not perfect:",
    `- faults that turn a case red: ${share(killed, score.faults)}`,
    `- with the right first finding: ${share(killed - score.misnamed.length, score.faults)}`,
    `- cases killed by a specific fault: ${share(score.cases - score.neverKilled.length, score.cases)}`,
    ...score.redWhenHealthy.map((id) => `- red although nothing is broken: ${id}`),
    ...score.notMeasured.map((fault) => `- not measured: ${fault}`),
    ...score.survived.map((fault) => `- survived: ${fault}`),
    ...score.misnamed.map(({ fault, expected, found }) => `- misnamed: ${fault} as ${found}, not ${expected}`),
    ...score.missed.map(({ fault, cases }) => `- missed: ${fault} leaves ${cases.join(", ")} green`),
    ...score.unexplained.map(({ fault, cases }) => `- unexplained: ${fault} turns ${cases.join(", ")} red`),
    ...score.neverKilled.map((id) => `- never killed by a specific fault: ${id}`),
  ];
  return lines.join("\n");
}
