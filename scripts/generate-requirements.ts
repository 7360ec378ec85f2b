import { join } from "node:path";
import { format } from "prettier";
import { requirementOf } from "../fixtures/contract/case-id.ts";
import { REQUIREMENTS } from "../fixtures/contract/requirements.ts";
import { StagingError } from "../fixtures/contract/errors.ts";
import { GROUPS } from "../fixtures/contract/suite.ts";
import { readManifest, type Manifest } from "../fixtures/evidence/manifest.ts";
import { PROJECT_ROOT } from "../fixtures/target/index.ts";
import { writeGenerated } from "./generated-files.ts";

/** @throws StagingError E2E_REQUIREMENTS for a requirement without a case, and a case without a requirement */
function assertBothWays(manifest: Manifest): void {
  const covered = new Set(Object.keys(manifest).map(requirementOf));
  const bare = Object.keys(REQUIREMENTS).filter((id) => !covered.has(id));
  const stray = [...covered].filter((id) => REQUIREMENTS[id] === undefined);
  if (bare.length + stray.length === 0) return;
  throw new StagingError("E2E_REQUIREMENTS", {
    happened: `requirements without a case: ${bare.join(", ") || "none"}; cases of no requirement: ${stray.join(", ") || "none"}`,
    expected: "each requirement has a case, and each case a requirement",
    next: "write the case, or the requirement (fixtures/contract/requirements.ts)",
  });
}

function renderGroup(group: string, manifest: Manifest): string {
  const cases = Object.entries(manifest).filter(([, entry]) => entry.group === group);
  const ids = Object.keys(REQUIREMENTS).filter((id) => cases.some(([caseId]) => requirementOf(caseId) === id));
  const sections = ids.map((id) => {
    const rows = cases
      .filter(([caseId]) => requirementOf(caseId) === id)
      .map(([caseId, { title, tags }]) => `| \`${caseId}\` | ${title.replaceAll("|", "\\|")} | ${tags.join(", ")} |`);
    return `### ${id}\n\n${REQUIREMENTS[id]}\n\n| Case | Title | Tags |\n| --- | --- | --- |\n${rows.join("\n")}`;
  });
  return `## ${group}\n\n${sections.join("\n\n")}`;
}

await writeGenerated("docs:requirements", [
  {
    path: "docs/requirements.md",
    render: () => {
      const manifest = readManifest(join(PROJECT_ROOT, "tests/manifest.json"));
      assertBothWays(manifest);
      const total = Object.keys(manifest).length;
      const head =
        `# What the suite checks\n\nWritten by \`npm run docs:requirements\` from the requirements and the manifest. ` +
        `${total} cases; untagged ones are in the full tier.`;
      const text = [head, ...GROUPS.map((group) => renderGroup(group, manifest))].join("\n\n");
      return format(text, { parser: "markdown", printWidth: 120 });
    },
  },
]);
