import type { Manifest } from "../../fixtures/evidence/manifest.ts";
import { casesNamed, isSpecific, type Expectations } from "./expectations.ts";
import type { Measurement } from "./job.ts";
import type { Measured } from "./pool.ts";

/** Everything that keeps the matrix from being perfect; all empty means that it is. */
export interface Score {
  readonly faults: number;
  readonly cases: number;
  /** The run itself could not be made. */
  readonly notMeasured: readonly string[];
  /** No case turned red. */
  readonly survived: readonly string[];
  /** Another finding came first. */
  readonly misnamed: readonly { readonly fault: string; readonly expected: string; readonly found: string }[];
  /** Declared cases that stayed green. */
  readonly missed: readonly { readonly fault: string; readonly cases: readonly string[] }[];
  /** Cases beyond the declared that no finding of the run explains but an unknown one. */
  readonly unexplained: readonly { readonly fault: string; readonly cases: readonly string[] }[];
  /** Cases that no specific fault turns red. */
  readonly neverKilled: readonly string[];
  /** Cases that are red although nothing is broken. */
  readonly redWhenHealthy: readonly string[];
}

export function isPerfect(score: Score): boolean {
  return Object.values<number | readonly unknown[]>({ ...score }).every(
    (value) => typeof value === "number" || value.length === 0,
  );
}

/**
 * Scores measurements of single faults.
 *
 * @param cases the cases that must each be killed by a specific fault
 */
export function scoreMatrix(
  { healthy, measured, failed }: Measured & { readonly healthy: Measurement },
  expectations: Expectations,
  manifest: Manifest,
  cases: readonly string[],
): Score {
  const named = measured.map((measurement) => ({ fault: measurement.faults.join("+"), ...measurement }));
  const declaredOf = (fault: string): string[] | undefined => {
    const declared = expectations[fault];
    return declared === undefined ? undefined : casesNamed(declared.red, manifest);
  };
  // How much a fault breaks is what is declared of it: a run of some files sees a part.
  const specific = named.filter(({ fault, red }) => isSpecific(declaredOf(fault) ?? red));
  const killed = new Set(specific.flatMap(({ red }) => red));
  const inRun = ({ ran }: Measurement, ids: readonly string[]): string[] => ids.filter((id) => id in ran);
  return {
    faults: measured.length,
    cases: cases.length,
    notMeasured: failed.map(({ faults }) => faults.join("+")),
    survived: named.filter(({ red }) => red.length === 0).map(({ fault }) => fault),
    misnamed: named.flatMap(({ fault, findings, red }) => {
      const expected = expectations[fault]?.finding ?? "(not declared)";
      const found = findings[0]?.code ?? "(none)";
      return red.length === 0 || found === expected ? [] : [{ fault, expected, found }];
    }),
    missed: named.flatMap((measurement) => {
      const declared = inRun(measurement, declaredOf(measurement.fault) ?? []);
      const green = declared.filter((id) => !measurement.red.includes(id));
      return green.length === 0 ? [] : [{ fault: measurement.fault, cases: green }];
    }),
    unexplained: named.flatMap(({ fault, red, findings }) => {
      const explained = new Set(findings.filter(({ code }) => code !== "UNKNOWN").flatMap((finding) => finding.cases));
      const declared = declaredOf(fault) ?? [];
      const beyond = red.filter((id) => !declared.includes(id) && !explained.has(id));
      return beyond.length === 0 ? [] : [{ fault, cases: beyond }];
    }),
    neverKilled: cases.filter((id) => !killed.has(id)),
    redWhenHealthy: healthy.red,
  };
}
