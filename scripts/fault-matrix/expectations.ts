import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { StagingError } from "../../fixtures/contract/errors.ts";
import type { Manifest } from "../../fixtures/evidence/manifest.ts";
import { requirementOf } from "../../fixtures/contract/case-id.ts";
import { FAULTS } from "../../fixtures/stand-in/index.ts";
import { PROJECT_ROOT } from "../../fixtures/target/index.ts";
import type { Measurement } from "./job.ts";

const EXPECTATIONS = join(PROJECT_ROOT, "tests/fault-expectations.json");

const expectationsSchema = z.record(
  z.string(),
  z.strictObject({
    /** Code of the finding that must come first. */
    finding: z.string(),
    /** Cases that it must turn red: their ids, or a requirement or a group where all of its cases that ran are. */
    red: z.array(z.string()),
    /** The fewest files that tell the fault by themselves, where they are not those of its red cases. */
    toldBy: z.array(z.string()).optional(),
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

/** Writes what was found as what is expected, a line for each fault; what was not measured stays as it is. */
export function updateExpectations(measured: readonly Measurement[], manifest: Manifest): void {
  const found = measured.map((measurement) => {
    const [name = "", ...others] = measurement.faults;
    const [finding] = measurement.findings;
    if (others.length > 0 || finding === undefined) return [];
    const toldBy = measurement.toldBy ?? undefined;
    const own = measurement.red.map((id) => measurement.ran[id]);
    const isTold = isSpecific(measurement.red) && toldBy?.every((file) => own.includes(file)) === true;
    return [
      [name, { finding: finding.code, red: summarise(measurement, manifest), toldBy: isTold ? undefined : toldBy }],
    ] as const;
  });
  const all = { ...readExpectations(), ...Object.fromEntries(found.flat()) };
  const lines = Object.entries(all)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([name, expectation]) => `  ${JSON.stringify(name)}: ${JSON.stringify(expectation)}`);
  writeFileSync(EXPECTATIONS, `{\n${lines.join(",\n")}\n}\n`);
}

/** Whether a fault with these red cases is a specific one: it breaks a detail, with at most five cases beside it. */
export function isSpecific(red: readonly string[]): boolean {
  return red.length > 0 && red.length <= 6;
}

/** Longer lists are told by requirement and group where they hold all of its cases. */
const LONG = 12;

function summarise({ red }: Measurement, manifest: Manifest): string[] {
  if (red.length <= LONG) return red.toSorted();
  const everywhere = Object.entries(manifest).flatMap(([id, { tags }]) =>
    tags.includes("nightly") || tags.includes("needs-browser") ? [] : id,
  );
  const whole = (nameOf: (id: string) => string): Set<string> => {
    const several = Map.groupBy(everywhere, nameOf);
    return new Set([...several].flatMap(([name, ids]) => (ids.every((id) => red.includes(id)) ? name : [])));
  };
  const groupOf = (id: string): string => manifest[id]?.group ?? id;
  const groups = whole(groupOf);
  const requirements = whole(requirementOf);
  const nameOf = (id: string): string =>
    groups.has(groupOf(id)) ? groupOf(id) : requirements.has(requirementOf(id)) ? requirementOf(id) : id;
  return [...new Set(red.map(nameOf))].toSorted();
}

/** The ids of the cases that an expectation names, by themselves, by requirement or by group. */
export function casesNamed(names: readonly string[], manifest: Manifest): string[] {
  return Object.entries(manifest).flatMap(([id, { group }]) =>
    names.includes(id) || names.includes(requirementOf(id)) || names.includes(group) ? id : [],
  );
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
