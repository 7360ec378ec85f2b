import type { Manifest } from "../../fixtures/evidence/manifest.ts";
import { casesNamed, type Expectations } from "./expectations.ts";
import type { Measurement } from "./job.ts";

/**
 * What a run with several faults shows of each, as if it had been alone: of the findings not what another is declared
 * to be named, and first those that explain one of its own cases; of the red cases its own, and those that neither
 * another is declared to turn red nor another's finding explains. What keeps a fault from being as declared is for a
 * run of its own to tell.
 */
export function shareOut(measurement: Measurement, expectations: Expectations, manifest: Manifest): Measurement[] {
  const { faults, red, findings, durationMs } = measurement;
  if (faults.length < 2) return [measurement];
  const declaredOf = (fault: string): string[] => casesNamed(expectations[fault]?.red ?? [], manifest);
  /** Some findings explain no case: a revision that changed in mid-run. */
  const explains = ({ cases }: Finding, declared: readonly string[]): boolean =>
    cases.length === 0 || cases.some((id) => declared.includes(id));
  return faults.map((fault) => {
    const mine = declaredOf(fault);
    const others = faults.filter((other) => other !== fault);
    const foreign = findings.filter((finding) =>
      others.some((other) => finding.code === expectations[other]?.finding && explains(finding, declaredOf(other))),
    );
    const theirs = new Set([...others.flatMap(declaredOf), ...foreign.flatMap(({ cases }) => cases)]);
    const left = findings.filter((finding) => !foreign.includes(finding));
    const own = left.filter((finding) => explains(finding, mine));
    return {
      ...measurement,
      faults: [fault],
      red: red.filter((id) => mine.includes(id) || !theirs.has(id)),
      findings: [...own, ...left.filter((finding) => !own.includes(finding))],
      durationMs: durationMs / faults.length,
    };
  });
}

type Finding = Measurement["findings"][number];
