import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { z } from "zod";
import { StagingError } from "../../fixtures/contract/errors.ts";
import { FAULTS } from "../../fixtures/stand-in/index.ts";
import { PROJECT_ROOT } from "../../fixtures/target/index.ts";
import type { Measurement } from "./job.ts";

const EXPECTATIONS = join(PROJECT_ROOT, "tests/fault-expectations.json");

const expectationsSchema = z.record(
  z.string(),
  z.strictObject({
    /** Code of the finding that must come first. */
    finding: z.string(),
    /** Cases that it must turn red. */
    red: z.array(z.string()),
  }),
);
/** What the suite must say of each fault: reviewed like a lock file, written by `npm run fault-matrix -- --update`. */
export type Expectations = z.infer<typeof expectationsSchema>;

/** @throws StagingError E2E_FAULT_EXPECTATIONS where the file is missing, of another shape, or names no such fault */
export function readExpectations(): Expectations {
  const expectations = parse();
  const stray = Object.keys(expectations).filter((name) => !FAULTS.some((fault) => fault.name === name));
  if (stray.length > 0) throw unusable(`names faults that the stand-in does not have: ${stray.join(", ")}`);
  return expectations;
}

/** The expectations, of every fault there is. @throws StagingError E2E_FAULT_EXPECTATIONS where one has none */
export function readAllExpectations(): Expectations {
  const expectations = readExpectations();
  const bare = FAULTS.filter(({ name }) => expectations[name] === undefined).map(({ name }) => name);
  if (bare.length > 0) throw unusable(`says nothing of ${bare.join(", ")}`);
  return expectations;
}

/** Writes what was found as what is expected, for review; what was not measured stays as it is. */
export async function updateExpectations(measured: readonly Measurement[]): Promise<void> {
  const found = measured.map(({ faults, red, findings }) => {
    const [name = "", ...others] = faults;
    const [finding] = findings;
    if (others.length > 0 || finding === undefined) return [];
    return [[name, { finding: finding.code, red: red.toSorted() }] as const];
  });
  const all = { ...readExpectations(), ...Object.fromEntries(found.flat()) };
  const sorted = Object.fromEntries(Object.entries(all).toSorted(([a], [b]) => a.localeCompare(b)));
  writeFileSync(EXPECTATIONS, await format(JSON.stringify(sorted), { parser: "json", printWidth: 120 }));
}

function parse(): Expectations {
  try {
    return expectationsSchema.parse(JSON.parse(readFileSync(EXPECTATIONS, "utf8")));
  } catch (cause) {
    throw unusable(`cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  }
}

function unusable(happened: string, cause?: unknown): StagingError {
  return new StagingError("E2E_FAULT_EXPECTATIONS", {
    happened: `tests/fault-expectations.json ${happened}`,
    expected: "what the suite must say of each fault",
    next: "restore it from git, or run npm run fault-matrix -- --update --fault <name> and review what it wrote",
    cause,
  });
}
