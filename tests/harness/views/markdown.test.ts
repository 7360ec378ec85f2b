import { expect, test } from "vitest";
import { renderMarkdown } from "../../../fixtures/evidence/views/markdown.ts";
import { createRun } from "../record-factory.ts";
import { greenRun, redRun } from "./example-runs.ts";

test.for([
  ["green", greenRun],
  ["red", redRun],
] as const)("the job summary of a %s run is its golden file", async ([name, run]) => {
  await expect(renderMarkdown(run)).toMatchFileSnapshot(`golden/summary-${name}.md`);
});

test("what a server sent is text, never markup", () => {
  const run = createRun({ suiteFaults: ["<img src=x> [link](https://evil.example) `code` | cell"] });

  expect(renderMarkdown(run)).toContain("\\<img src=x\\> \\[link\\]\\(https://evil.example\\) \\`code\\` \\| cell");
});
