import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { renderConsole } from "../../../fixtures/evidence/views/console.ts";
import { renderHeadline } from "../../../fixtures/evidence/views/headline.ts";
import { createCase, createRun } from "../record-factory.ts";
import { greenRun, invalidRun, redRun, standInRun } from "./example-runs.ts";

const plain = { color: false, width: 110, folder: "runs/run-7f3a" };

test.for([
  ["green", greenRun],
  ["red", redRun],
  ["stand-in", standInRun],
  ["invalid", invalidRun],
] as const)("the console of a %s run is its golden file", async ([name, run]) => {
  await expect(renderConsole(run, plain)).toMatchFileSnapshot(`golden/console-${name}.txt`);
});

test("colours change nothing but the colours", () => {
  const colored = renderConsole(redRun, { ...plain, color: true });
  expect(colored).not.toBe(stripVTControlCharacters(colored));
  expect(stripVTControlCharacters(colored)).toBe(renderConsole(redRun, plain));
});

test("no line but one to be copied is wider than the terminal", () => {
  for (const width of [80, 110, 140]) {
    const lines = renderConsole(redRun, { ...plain, width }).split("\n");
    const wide = lines.filter((line) => line.length > width && !line.includes("curl"));
    expect(wide).toEqual([]);
  }
});

test("the console of a stand-in run says in its first line that this is not staging", () => {
  expect(renderConsole(standInRun, plain).split("\n")[0]).toContain("NOT staging");
});

test("the last screenful of a red run holds the finding and the verdict", () => {
  const screen = renderConsole(redRun, plain).split("\n").slice(-30).join("\n");
  expect(screen).toContain("the auth service refuses connections");
  expect(screen).toContain("BROKEN (exit 1)");
});

test("a green run of 160 cases takes fewer than 130 lines", () => {
  const cases = Array.from({ length: 160 }, (_, index) =>
    createCase(`AUTH-${String(1 + Math.trunc(index / 4)).padStart(2, "0")}/slug-${index % 4}`),
  );
  expect(renderConsole(createRun({ cases }), plain).split("\n").length).toBeLessThan(130);
});

test("what a server sent cannot steer the terminal", () => {
  expect(renderConsole(redRun, plain)).not.toContain("\u001b");
  expect(renderConsole(redRun, plain)).toContain("\\u{1b}[31mred");
});

describe("the headline", () => {
  test.for([
    [
      "a green run",
      greenRun,
      "works (exit 0): Staging works: 15 cases passed, each proven by what crossed the network.",
    ],
    [
      "a red run",
      redRun,
      "broken (exit 1): Staging is broken: 9 failed, 1 passed without proof, 1 did not run of 18 cases. " +
        "Cause: the auth service refuses connections. Next: see whether the service is deployed and listens",
    ],
    [
      "an invalid run",
      invalidRun,
      "invalid (exit 2): This run says nothing: its configuration, its manifest or the suite itself is at fault. " +
        "Cause: the manifest names HEALTH-99, which no file declares.",
    ],
  ] as const)("of %s is one line with verdict, what, why and what to do", ([, run, headline]) => {
    expect(renderHeadline(run)).toBe(headline);
  });
});
