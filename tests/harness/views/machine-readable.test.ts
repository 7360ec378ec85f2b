import { XMLParser, XMLValidator } from "fast-xml-parser";
import { expect, test } from "vitest";
import { z } from "zod";
import { renderCtrf } from "../../../fixtures/evidence/views/ctrf.ts";
import { renderJUnit } from "../../../fixtures/evidence/views/junit.ts";
import { greenRun, invalidRun, redRun } from "./example-runs.ts";

const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "@", processEntities: true });
const totalsSchema = z.object({
  testsuites: z.object({
    "@tests": z.coerce.number(),
    "@failures": z.coerce.number(),
    "@errors": z.coerce.number(),
    "@skipped": z.coerce.number(),
  }),
});

test.for([
  ["green", greenRun],
  ["red", redRun],
  ["invalid", invalidRun],
] as const)("the JUnit XML of a %s run is its golden file, and well-formed", async ([name, run]) => {
  const xml = renderJUnit(run);
  expect(XMLValidator.validate(xml)).toBe(true);
  await expect(xml).toMatchFileSnapshot(`golden/junit-${name}.xml`);
});

test("JUnit counts what the record counts: rejected as errors, not run as failures, not applicable as skipped", () => {
  const { testsuites } = totalsSchema.parse(parser.parse(renderJUnit(redRun)));
  const { totals } = redRun;
  expect(testsuites).toEqual({
    "@tests": totals.expected + totals.notApplicable,
    "@failures": totals.failed + totals.notRun,
    "@errors": totals.rejected,
    "@skipped": totals.notApplicable,
  });
});

test("a red run without a red case is red in JUnit and CTRF all the same", () => {
  expect(renderJUnit(invalidRun)).toContain("<error ");
  expect(renderCtrf(invalidRun)).toMatchObject({
    results: { summary: { tests: 2, passed: 1, failed: 1 } },
  });
});

test("no control character reaches the XML", () => {
  expect(renderJUnit(redRun)).toContain("\\u{1b}[31mred");
  // oxlint-disable-next-line no-control-regex -- it is what the test is about
  expect(renderJUnit(redRun)).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
});

test("CTRF counts every case once and keeps verdict and findings", () => {
  const { totals } = redRun;
  expect(renderCtrf(redRun)).toMatchObject({
    reportFormat: "CTRF",
    results: {
      summary: {
        tests: totals.expected + totals.notApplicable,
        passed: totals.passed,
        failed: totals.failed + totals.rejected + totals.notRun,
        skipped: totals.notApplicable,
      },
      environment: { healthy: false, testEnvironment: "staging" },
    },
    extra: { verdict: { word: "broken" }, findings: [{ code: "AUTH_REFUSES_CONNECTIONS" }] },
  });
});
