import type { Manifest } from "../../fixtures/evidence/manifest.ts";
import { casesNamed, type Expectations } from "./expectations.ts";
import type { Measurement } from "./job.ts";

/**
 * What a run with several faults shows of each, as if it had been alone: the red cases but those that another is
 * declared to turn red, and the findings but those that another is declared to be named, or that explain its cases and
 * none of this one's. What keeps a fault from being as declared is for a run of its own to tell.
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
    const theirs = new Set(others.flatMap(declaredOf));
    const onlyTheirs = ({ cases }: Finding): boolean =>
      cases.some((id) => theirs.has(id)) && !cases.some((id) => mine.includes(id));
    return {
      ...measurement,
      faults: [fault],
      red: red.filter((id) => !theirs.has(id)),
      findings: findings.filter((finding) => !foreign.includes(finding) && !onlyTheirs(finding)),
      durationMs: durationMs / faults.length,
    };
  });
}

type Finding = Measurement["findings"][number];
