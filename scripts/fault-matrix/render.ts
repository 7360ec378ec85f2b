import type { Fault } from "../../fixtures/stand-in/index.ts";
import type { Measurement } from "./job.ts";
import { isPerfect, type Score } from "./score.ts";

/** How often each fault was measured, of those whose first measurement was not as declared. */
export type Looks = ReadonlyMap<string, number>;

/** The matrix for a person: the score first, then a row for each fault. */
export function renderMatrix(
  score: Score,
  looks: Looks,
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
    renderScore(score, looks),
    "",
    "| fault | incident | what is broken | first finding | red | cases |",
    "| --- | --- | --- | --- | ---: | --- |",
    ...rows,
    "",
  ].join("\n");
}

/** The score in a few lines; what keeps it from being perfect is named, and what was not so at once. */
export function renderScore(score: Score, looks: Looks): string {
  const killed = score.faults - score.survived.length;
  const share = (part: number, whole: number): string => `${part} of ${whole}`;
  const lines = [
    isPerfect(score) ? "Perfect." : "Not perfect:",
    `- faults that turn a case red: ${share(killed, score.faults)}`,
    `- with the right first finding: ${share(killed - score.misnamed.length, score.faults)}`,
    `- cases killed by a specific fault: ${share(score.cases - score.neverKilled.length, score.cases)}`,
    ...(looks.size === 0
      ? []
      : [
          `- measured more than once: ${Array.from(looks, ([fault, times]) => `${fault} (${times} times)`).join(", ")}`,
        ]),
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
