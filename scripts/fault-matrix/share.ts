import type { Manifest } from "../../fixtures/evidence/manifest.ts";
import { casesNamed, type Expectations } from "./expectations.ts";
import type { Measurement } from "./job.ts";

/**
 * What a run with several faults shows of each, as if it had been alone: the red cases but those that another is
 * declared to turn red, and first the findings that explain one of its own. What keeps a fault from being as declared
 * is for a run of its own to tell.
 */
export function shareOut(measurement: Measurement, expectations: Expectations, manifest: Manifest): Measurement[] {
  const { faults, red, findings, durationMs } = measurement;
  if (faults.length < 2) return [measurement];
  const declaredOf = (fault: string): string[] => casesNamed(expectations[fault]?.red ?? [], manifest);
  return faults.map((fault) => {
    const mine = new Set(declaredOf(fault));
    const theirs = new Set(faults.filter((other) => other !== fault).flatMap(declaredOf));
    const own = findings.filter(({ cases }) => cases.some((id) => mine.has(id)));
    return {
      ...measurement,
      faults: [fault],
      red: red.filter((id) => !theirs.has(id)),
      findings: [...own, ...findings.filter((finding) => !own.includes(finding))],
      durationMs: durationMs / faults.length,
    };
  });
}
