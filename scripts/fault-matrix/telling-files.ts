import { diagnose } from "../../fixtures/diagnosis/diagnose.ts";
import type { Manifest } from "../../fixtures/evidence/manifest.ts";
import type { RunRecord } from "../../fixtures/evidence/run-record.ts";
import { isSpecific } from "./expectations.ts";

/** Sets of more files are not searched: the whole run tells the fault then. */
const MOST_FILES = 3;
/** Starting a browser costs as much as this many cases. */
const BROWSER_CASES = 100;

/**
 * The fewest files that tell a fault by themselves: the cases of these alone are diagnosed as those of the whole run
 * are. Of a specific fault they hold all red cases. Of several such sets it is the one with the fewest cases.
 *
 * @returns null where no set is small enough
 */
export function tellingFiles(record: RunRecord, manifest: Manifest): string[] | null {
  const red = record.cases.filter(({ state }) => state !== "passed");
  const needed = isSpecific(red.map(({ id }) => id)) ? new Set(red.map(({ file }) => file)) : new Set<string>();
  const costs = new Map<string, number>();
  for (const { id, file } of record.cases) {
    const cost = manifest[id]?.tags.includes("needs-browser") === true ? BROWSER_CASES : 1;
    costs.set(file, (costs.get(file) ?? 0) + cost);
  }
  const costOf = (files: readonly string[]): number => files.reduce((sum, file) => sum + (costs.get(file) ?? 0), 0);
  const others = [...costs.keys()].filter((file) => !needed.has(file));
  for (let count = 0; count <= MOST_FILES; count += 1) {
    const sets = subsets(others, count).toSorted((a, b) => costOf(a) - costOf(b));
    const found = sets.map((files) => [...needed, ...files]).find((files) => tells(files, record));
    if (found !== undefined) return found.toSorted();
  }
  return null;
}

/** Whether a run of these files alone has a red case, and the finding that comes first in the whole one. */
function tells(files: readonly string[], record: RunRecord): boolean {
  const cases = record.cases.filter(({ file }) => files.includes(file));
  const ids = new Set(cases.map(({ id }) => id));
  const ledgers = record.ledgers.filter(({ caseId }) => ids.has(caseId));
  const [first] = diagnose({ ...record, cases, ledgers });
  return cases.some(({ state }) => state !== "passed") && first?.code === record.findings[0]?.code;
}

function subsets(files: readonly string[], count: number): string[][] {
  if (count === 0) return [[]];
  return files.flatMap((file, index) => subsets(files.slice(index + 1), count - 1).map((rest) => [file, ...rest]));
}
