import { createVitest } from "vitest/node";
import { GROUPS, TAG_NAMES, type Group, type Tag } from "../fixtures/contract/suite.ts";
import { StagingError } from "../fixtures/contract/errors.ts";
import { PROJECT_ROOT } from "../fixtures/target/index.ts";

/** A case as Vitest collects it, without running it. */
export interface CollectedCase {
  readonly id: string;
  readonly group: Group;
  readonly title: string;
  readonly tags: Tag[];
}

/**
 * All cases of the five groups, of every tier and whatever they need.
 *
 * @throws StagingError E2E_MANIFEST for a file that does not load, and for a case without an id
 */
export async function collectCases(): Promise<readonly CollectedCase[]> {
  // oxlint-disable-next-line staging-suite/environment-access -- set for the suite that is started next
  process.env["STAGING_TARGET"] = "stand-in";
  const vitest = await createVitest("test", { root: PROJECT_ROOT, watch: false, mode: "nightly", silent: true });
  try {
    const { testModules, unhandledErrors } = await vitest.collect([], { staticParse: false });
    const errors = [...unhandledErrors, ...testModules.flatMap((module) => module.errors())];
    if (errors.length > 0) throw broken(`the cases cannot be collected: ${errors.map(String).join("; ")}`);
    return testModules.flatMap((module) =>
      [...module.children.allTests()].map((testCase) => {
        const group = GROUPS.find((name) => name === module.project.name);
        const { id } = testCase.meta();
        if (group === undefined || id === undefined) throw broken(`"${testCase.fullName}" has no id (meta: { id })`);
        const tags = TAG_NAMES.filter((tag) => testCase.tags.includes(tag));
        return { id, group, title: testCase.name, tags };
      }),
    );
  } finally {
    await vitest.close();
  }
}

function broken(happened: string): StagingError {
  return new StagingError("E2E_MANIFEST", {
    happened,
    expected: "every case of the five groups collects and has an id",
    next: "mend the test file",
  });
}
