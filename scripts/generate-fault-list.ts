import { join } from "node:path";
import { format } from "prettier";
import { readManifest, type Manifest } from "../fixtures/evidence/manifest.ts";
import { FAULTS, INVISIBLE_INCIDENTS, VARIANTS, type Fault } from "../fixtures/stand-in/index.ts";
import { casesNamed, readAllExpectations, type Expectations } from "./fault-matrix/expectations.ts";
import { PROJECT_ROOT } from "../fixtures/target/index.ts";
import { writeGenerated } from "./generated-files.ts";

/** Longer lists of cases are told by their number. */
const CASES_SHOWN = 6;

/** What is known of the faults and of the cases they turn red. */
interface Known {
  readonly expectations: Expectations;
  readonly manifest: Manifest;
}

const cell = (text: string): string => text.replaceAll("|", "\\|");

function row({ name, incident, team, mechanism }: Fault, { expectations, manifest }: Known): string {
  const { finding = "", red = [] } = expectations[name] ?? {};
  const whole = casesNamed(red, manifest).filter(
    (id) => red.includes(id) || manifest[id]?.tags.includes("nightly") === false,
  );
  const cases = whole.length > CASES_SHOWN ? `${whole.length} cases` : whole.join(", ");
  return `| ${incident === "mutation" ? "" : `${incident} | `}\`${name}\` | ${cell(mechanism)} | ${team} | ${finding} | ${cases} |`;
}

function table(columns: readonly string[], faults: readonly Fault[], known: Known): string {
  const head = `| ${columns.join(" | ")} |\n|${" --- |".repeat(columns.length)}`;
  return `${head}\n${faults.map((fault) => row(fault, known)).join("\n")}`;
}

function render(known: Known): string {
  const columns = ["Fault", "What is broken", "Owner", "First finding", "Red"];
  const incidents = FAULTS.filter(({ incident }) => incident !== "mutation").toSorted((a, b) =>
    a.incident.localeCompare(b.incident),
  );
  const mutations = FAULTS.filter(({ incident }) => incident === "mutation");
  const invisible = INVISIBLE_INCIDENTS.map(({ incident, reason }) => `| ${incident} | ${cell(reason)} |`);
  const variants = VARIANTS.map(({ name, what }) => `| \`${name}\` | ${cell(what)} |`);
  return `# Faults

Written by \`npm run docs:faults\` from the stand-in's faults and \`tests/fault-expectations.json\`. Each of the
${FAULTS.length} faults breaks the stand-in in one way (\`STAND_IN_FAULTS=name[,name]\`, \`npm run stand-in -- --fault name\`);
\`npm run fault-matrix\` proves that the suite turns these cases red and says this first.

## Failures that staging has had

${table(["Incident", ...columns], incidents, known)}

## Not visible from outside

| Incident | Why |
| --- | --- |
${invisible.join("\n")}

## Failures that no incident had yet

${table(columns, mutations, known)}

## Variants that are sound

The suite must stay green on these: they differ from the default, and nothing is broken.

| Variant | What is different |
| --- | --- |
${variants.join("\n")}
`;
}

await writeGenerated("docs:faults", [
  {
    path: "docs/faults.md",
    render: () => {
      const manifest = readManifest(join(PROJECT_ROOT, "tests/manifest.json"));
      return format(render({ expectations: readAllExpectations(), manifest }), { parser: "markdown", printWidth: 120 });
    },
  },
]);
