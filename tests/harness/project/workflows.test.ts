import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { PROJECT_ROOT } from "../../../fixtures/target/index.ts";

const FOLDER = join(PROJECT_ROOT, ".github/workflows");

const stepSchema = z.object({
  uses: z.string().optional(),
  run: z.string().optional(),
  if: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
  env: z.record(z.string(), z.string()).default({}),
});
const workflowSchema = z.object({
  on: z.record(z.string(), z.unknown()),
  permissions: z.strictObject({}),
  concurrency: z.object({ "cancel-in-progress": z.unknown() }).optional(),
  jobs: z.record(
    z.string(),
    z.object({
      permissions: z.record(z.string(), z.enum(["read", "none"])),
      "timeout-minutes": z.number().max(90),
      environment: z.string().optional(),
      steps: z.array(stepSchema),
    }),
  ),
});

const workflows = readdirSync(FOLDER).map((name) => {
  const text = readFileSync(join(FOLDER, name), "utf8");
  const workflow = workflowSchema.parse(parse(text));
  return { name, text, workflow, steps: Object.values(workflow.jobs).flatMap(({ steps }) => steps) };
});

function read(file: string): (typeof workflows)[number] {
  const found = workflows.find(({ name }) => name === file);
  if (found === undefined) throw new Error(`${file} is missing`);
  return found;
}

describe.for(workflows)("$name", ({ text, workflow, steps }) => {
  test("pins every action by its commit and says which version that is", () => {
    const lines = text.split("\n").filter((line) => /^\s+(?:- )?uses:/.test(line));

    expect(lines).not.toEqual([]);
    for (const line of lines) expect(line).toMatch(/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test("leaves no credential of the checkout behind", () => {
    for (const step of steps.filter(({ uses }) => uses?.startsWith("actions/checkout@") === true)) {
      expect(step.with["persist-credentials"]).toBe(false);
    }
  });

  test("puts nothing into a shell that an expression fills in", () => {
    for (const { run = "" } of steps) expect(run).not.toContain("${{");
  });

  test("is never started by a pull request with the base's secrets", () => {
    expect(Object.keys(workflow.on)).not.toContain("pull_request_target");
  });
});

test("the nightly run keeps its evidence when it is red, and is not cut short", () => {
  const { workflow, steps } = read("nightly.yml");
  const upload = steps.find(({ uses }) => uses?.startsWith("actions/upload-artifact@") === true);

  expect(upload).toMatchObject({ if: "${{ always() }}", with: { path: "runs/" } });
  expect(workflow.concurrency).toMatchObject({ "cancel-in-progress": false });
  expect(workflow.jobs["staging"]?.environment).toBe("staging");
});

test.for(["nightly.yml", "staging-gate.yml"])("%s names its target, so that lost secrets stop it", (file) => {
  const run = read(file).steps.find((step) => step.run?.startsWith("npm run test:staging") === true);

  expect(run?.env["STAGING_TARGET"]).toBe("staging");
});

test("the gate tells its caller the verdict", () => {
  expect(read("staging-gate.yml").workflow.on["workflow_call"]).toMatchObject({
    inputs: { revision: { type: "string" }, ref: { type: "string" } },
    outputs: { verdict: {}, "exit-code": {}, headline: {} },
  });
});
