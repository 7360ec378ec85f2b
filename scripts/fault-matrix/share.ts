import type { Manifest } from "../../fixtures/evidence/manifest.ts";
import { casesNamed, type Expectations } from "./expectations.ts";
import type { Measurement } from "./job.ts";

/**
 * What a run with several faults shows of each, as if it had been alone: the red cases but those that another is
 * declared to turn red, and its own finding first where the faults' findings lead the report in any order. What keeps
 * one of them from being as declared is for a run of its own to tell.
 */
export function shareOut(measurement: Measurement, expectations: Expectations, manifest: Manifest): Measurement[] {
  const { faults, red, findings, durationMs } = measurement;
  if (faults.length < 2) return [measurement];
  return faults.map((fault) => {
    const others = faults.filter((other) => other !== fault).flatMap((other) => expectations[other]?.red ?? []);
    const theirs = new Set(casesNamed(others, manifest));
    const own = findings.slice(0, faults.length).filter(({ code }) => code === expectations[fault]?.finding);
    return {
      ...measurement,
      faults: [fault],
      red: red.filter((id) => !theirs.has(id)),
      findings: [...own, ...findings.filter((finding) => !own.includes(finding))],
      durationMs: durationMs / faults.length,
    };
  });
}
