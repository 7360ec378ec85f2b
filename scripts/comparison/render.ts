import { isRight, type Outcome } from "./measure.ts";
import { OLD_TESTS } from "./states.ts";

const cell = (text: string): string => text.replaceAll("|", "\\|");
const oldFigures = ({ state: { old } }: Outcome): string =>
  `${old.passed} passed${old.note === undefined ? "" : ` (${old.note})`}`;
const ourFigures = ({ passed, red, expected }: Outcome): string => `${passed} passed, ${red} red of ${expected}`;

/** A state in a line, while the rest is still measured. */
export function renderLine(outcome: Outcome): string {
  const { state, exitCode, finding, durationMs } = outcome;
  const said = finding === null ? "" : ` · ${finding.code}: ${finding.title}`;
  const mark = isRight(outcome) ? "✓" : "✗";
  const seconds = Math.round(durationMs / 1000);
  return `${mark} ${state.title}: ${ourFigures(outcome)}, exit ${exitCode ?? "none"}${said} (${seconds} s; the older suite: ${oldFigures(outcome)})`;
}

/** The page for a person who asks whether the suite was worth replacing. */
export function renderPage(outcomes: readonly Outcome[], measuredOn: string): string {
  const rows = outcomes.map((outcome) => {
    const { state, exitCode, finding } = outcome;
    const cause = finding === null ? "none" : `\`${finding.code}\`: ${finding.title}`;
    const right = isRight(outcome) ? "" : " **wrong**";
    const cells = [state.title, oldFigures(outcome), `${ourFigures(outcome)}${right}`, String(exitCode), cause];
    return `| ${cells.map(cell).join(" | ")} |`;
  });
  const faults = outcomes.flatMap(({ state }) => state.faults ?? []).map((name) => `\`${name}\``);
  return `# Compared with the suite before it

Written by \`npm run comparison -- --write\`, which runs this suite against a server in eight states and exits 1 unless
the two good states are green, the six bad ones red, and each has the right exit code and the right cause first. It
takes about four minutes, and is no part of \`npm test\`. Last measured on ${measuredOn}.

| State of the server | The older suite, of its ${OLD_TESTS} | This suite | Exit | First finding |
| --- | --- | --- | ---: | --- |
${rows.join("\n")}

- The older suite's figures are constants, measured in September 2025 with its ${OLD_TESTS} numbered tests against a server of
  its own in these states. As many tests passed when every upgrade was refused as when all was good, one more when
  every answer was a potato, and a server that was not there was a success. 32 of the ${OLD_TESTS} never touched
  the network.
- This suite is measured against the stand-in of this repository, every case of the full tier, at a round trip of
  100 ms unless the state says otherwise. The states are faults that anybody can start
  (${faults.join(", ")}): \`npm run stand-in -- --fault <name>\`.
- Red is whatever is not green: failed, not believed, or not run. What stays green in a broken state does not depend on
  what is broken: a page of the frontend is still a page when no WebSocket opens.
- The socket that never sends a message still answers protocol pings and closes, as every WebSocket library does by
  itself. The server of the older measurement is assumed to have done the same.
`;
}
