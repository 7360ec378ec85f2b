import { describe, expect, test } from "vitest";
import { requirementOf } from "../../../fixtures/contract/case-id.ts";
import { diagnose } from "../../../fixtures/diagnosis/diagnose.ts";
import type { Manifest } from "../../../fixtures/evidence/manifest.ts";
import type { Expectations } from "../../../scripts/fault-matrix/expectations.ts";
import type { Measurement } from "../../../scripts/fault-matrix/job.ts";
import { HEALTHY, planAffected, planAlone, planTogether } from "../../../scripts/fault-matrix/plan.ts";
import { isPerfect, scoreMatrix } from "../../../scripts/fault-matrix/score.ts";
import { shareOut } from "../../../scripts/fault-matrix/share.ts";
import { tellingFiles } from "../../../scripts/fault-matrix/telling-files.ts";
import { failed, runOf, unreached, type Scene } from "../diagnosis/scenario.ts";

type Entry = Manifest[string];

function entry(group: Entry["group"], ...tags: Entry["tags"]): Entry {
  return { title: `a case of ${group} (${tags.join()})`, group, tags, proof: [] };
}

const FLOWS = Array.from({ length: 9 }, (_, index) => `FLOW-05/type-${index}`);
const MANIFEST: Manifest = {
  "AUTH-01": entry("auth"),
  "AUTH-02": entry("auth"),
  "HEALTH-01": entry("health"),
  "CONN-10": entry("websocket-connect"),
  "CONN-14": entry("websocket-connect", "nightly"),
  "CONN-15/page": entry("websocket-connect", "needs-browser"),
  ...Object.fromEntries(FLOWS.map((id) => [id, entry("event-flow")])),
  "FLOW-13": entry("event-flow"),
};
const FILES: Record<string, string> = {
  "AUTH-01": "tests/auth/tokens.test.ts",
  "AUTH-02": "tests/auth/refusals.test.ts",
  "HEALTH-01": "tests/health/services.test.ts",
  "CONN-10": "tests/websocket-connect/lifecycle.test.ts",
  "CONN-15/page": "tests/websocket-connect/browser.test.ts",
  ...Object.fromEntries(FLOWS.map((id, index) => [id, `tests/event-flow/${index < 2 ? "runs" : "requests"}.test.ts`])),
  "FLOW-13": "tests/event-flow/runs.test.ts",
};
const EXPECTATIONS: Expectations = {
  "lax-login": { finding: "LETS_IN", red: ["AUTH-01"] },
  "lax-refresh": { finding: "LETS_IN", red: ["AUTH-02"] },
  "other-login": { finding: "CLAIMS_WRONG", red: ["AUTH-01"] },
  unhealthy: { finding: "UNHEALTHY", red: ["HEALTH-01"] },
  "no-runs": { finding: "NO_EVENTS", red: ["FLOW-05", "AUTH-02"] },
  "no-login": { finding: "NO_LOGIN", red: ["FLOW-05", "AUTH-01"], toldBy: ["tests/auth/tokens.test.ts"] },
  "no-service": { finding: "DOWN", red: ["FLOW-05", "HEALTH-01"] },
  "cut-after-minutes": { finding: "CUT", red: ["CONN-10", "CONN-14"] },
  "page-broken": { finding: "PAGE", red: ["CONN-15/page"] },
  "by-chance": { finding: "AT_TIMES", red: [] },
};
const INPUT = { expectations: EXPECTATIONS, manifest: MANIFEST, files: FILES };

function measured(faults: readonly string[], findings: Readonly<Record<string, readonly string[]>>): Measurement {
  const told = Object.entries(findings).map(([code, cases]) => ({
    code,
    team: "backend",
    happened: "",
    cases: [...cases],
  }));
  return { faults, red: told.flatMap(({ cases }) => cases), ran: FILES, findings: told, durationMs: 100 };
}

const GREEN = measured([], {});

function scoreOf(measurement: Measurement) {
  return scoreMatrix({ healthy: GREEN, measured: [measurement], failed: [] }, EXPECTATIONS, MANIFEST, []);
}

describe("the plan", () => {
  const plan = planAffected(Object.keys(EXPECTATIONS), INPUT);
  const jobWith = (fault: string, jobs = plan) => jobs.find(({ faults }) => faults.includes(fault));

  test("breaks faults at once that have neither a requirement nor a finding in common", () => {
    expect(jobWith("lax-login")?.faults).toEqual(["lax-login"]);
    expect(jobWith("lax-refresh")?.faults).toEqual(["lax-refresh", "other-login", "unhealthy", "page-broken"]);
  });

  test("breaks faults apart that set one point of the system", () => {
    const [twice, after] = ["duplicated-terminal-event", "event-after-terminal"] as const;
    const expectations: Expectations = {
      [twice]: { finding: "ENDS_TWICE", red: ["AUTH-01"] },
      [after]: { finding: "AFTER_THE_END", red: ["HEALTH-01"] },
    };
    expect(planTogether([twice, after], { ...INPUT, expectations })).toHaveLength(2);
  });

  test("measures first, and by itself, a fault that changes what everybody meets", () => {
    const slow = { finding: "SLOW", red: ["HEALTH-01"] };
    const jobs = planTogether(["lax-login", "page-broken", "late-upgrade"], {
      ...INPUT,
      expectations: { ...EXPECTATIONS, "late-upgrade": slow },
    });
    expect(jobs.map(({ faults }) => faults)).toEqual([["late-upgrade"], ["lax-login", "page-broken"]]);
  });

  test("runs of several faults the files that hold their cases, and meets every case where it is asked for all", () => {
    expect(jobWith("lax-login")).toMatchObject({ files: ["tests/auth/tokens.test.ts"], browser: false });
    expect(jobWith("page-broken")).toMatchObject({ browser: true });
    const together = planTogether(Object.keys(EXPECTATIONS), INPUT);
    expect(jobWith("page-broken", together)).toMatchObject({ faults: jobWith("page-broken")?.faults, files: [] });
  });

  test("shows a fault that breaks many cases by the files that tell it, and by all where none are known to", () => {
    expect(jobWith("no-login")).toMatchObject({ faults: ["no-login"], files: ["tests/auth/tokens.test.ts"] });
    expect(jobWith("no-service")).toMatchObject({ faults: ["no-service"], files: [] });
  });

  test("runs the declared cases alone where one takes minutes, and a browser where one needs it", () => {
    expect(jobWith("cut-after-minutes")).toMatchObject({ mode: "nightly", faults: ["cut-after-minutes"] });
    expect(jobWith("cut-after-minutes")?.titles).toHaveLength(2);
  });

  test("lets a fault of chance, and an unknown one, meet every case by itself", () => {
    expect(jobWith("by-chance")).toMatchObject({ faults: ["by-chance"], files: [] });
    expect(planAlone("never-declared", INPUT)).toEqual({ ...HEALTHY, faults: ["never-declared"] });
  });
});

describe("the files that tell a fault", () => {
  const undeclared = { code: "E2E_UNDECLARED_OUTCOME", service: "backend" } as const;
  const served = (id: string): Scene =>
    failed(id, { ...undeclared, message: "GET backend /api/no-such-route answered 200: {}" });
  /** By itself it says that a thread was shown to another user. */
  const shown = failed("FLOW-09/hidden", { ...undeclared, message: "GET backend /api/threads/t answered 200: {}" });
  const many = Array.from({ length: 7 }, (_, index) => `HEALTH-15/path-${index}`);
  const told = (scenes: readonly Scene[], manifest: Manifest = {}): string[] | null => {
    const run = runOf(scenes);
    const cases = run.cases.map((each) => ({ ...each, file: `tests/${requirementOf(each.id)}.test.ts` }));
    const record = { ...run, cases };
    return tellingFiles({ ...record, findings: diagnose(record) }, manifest);
  };

  test("are the fewest whose cases alone begin with the same finding", () => {
    expect(told([...many.map(served), shown])).toEqual(["tests/HEALTH-15.test.ts"]);
  });

  test("hold all red cases of a specific fault", () => {
    expect(told([served("HEALTH-15/anonymous"), shown])).toEqual(["tests/FLOW-09.test.ts", "tests/HEALTH-15.test.ts"]);
  });

  test("are those with the fewest cases, and without a browser where others tell it too", () => {
    const broad = [...many, "HEALTH-01", "CONN-15/page"].map((id) => unreached(id, "backend"));
    expect(told(broad, { "CONN-15/page": entry("websocket-connect", "needs-browser") })).toEqual([
      "tests/HEALTH-01.test.ts",
    ]);
  });
});

describe("the score", () => {
  test("of a fault that turns its cases red, and is named first, is perfect", () => {
    expect(isPerfect(scoreOf(measured(["unhealthy"], { UNHEALTHY: ["HEALTH-01"] })))).toBe(true);
  });

  test.for([
    ["a fault that survives", "survived", measured(["unhealthy"], {})],
    ["another finding first", "misnamed", measured(["unhealthy"], { OTHER: ["HEALTH-01"], UNHEALTHY: [] })],
    ["a declared case that stays green", "missed", measured(["no-runs"], { NO_EVENTS: FLOWS })],
    [
      "a case beyond the declared that nothing explains",
      "unexplained",
      measured(["unhealthy"], { UNHEALTHY: ["HEALTH-01"], UNKNOWN: ["CONN-10"] }),
    ],
  ] as const)("tells %s", ([, key, measurement]) => {
    const score = scoreOf(measurement);
    expect(score[key]).toHaveLength(1);
    expect(isPerfect(score)).toBe(false);
  });

  test("tells a case that only broad faults kill", () => {
    const broad = measured(["no-runs"], { NO_EVENTS: [...FLOWS, "AUTH-02"] });
    const narrow = measured(["unhealthy"], { UNHEALTHY: ["HEALTH-01"] });
    const cases = ["AUTH-02", "HEALTH-01"];
    const score = scoreMatrix({ healthy: GREEN, measured: [broad, narrow], failed: [] }, EXPECTATIONS, MANIFEST, cases);
    expect(score.neverKilled).toEqual(["AUTH-02"]);
  });
});

describe("a bundle", () => {
  const shares = (findings: Readonly<Record<string, readonly string[]>>): boolean[] =>
    shareOut(measured(["lax-login", "unhealthy"], findings), EXPECTATIONS, MANIFEST).map((share) =>
      isPerfect(scoreOf(share)),
    );

  test("shows each of its faults as if it were alone", () => {
    expect(shares({ LETS_IN: ["AUTH-01"], UNHEALTHY: ["HEALTH-01"] })).toEqual([true, true]);
  });

  test("settles no fault that is hidden, or named by another's cause", () => {
    expect(shares({ LETS_IN: ["AUTH-01"] })).toEqual([true, false]);
    expect(shares({ LETS_IN: ["AUTH-01", "HEALTH-01"] })).toEqual([true, false]);
  });

  test("shows a fault that another's finding was before, where both are named", () => {
    expect(shares({ LETS_IN: ["AUTH-01", "HEALTH-01"], UNHEALTHY: ["HEALTH-01"] })).toEqual([true, true]);
  });

  test("settles nothing while a red case, or a finding before the others, belongs to nobody", () => {
    expect(shares({ STRAY: ["CONN-10"], LETS_IN: ["AUTH-01"], UNHEALTHY: ["HEALTH-01"] })).toEqual([false, false]);
    expect(shares({ UNHEALTHY: ["HEALTH-01", "CONN-10"], LETS_IN: ["AUTH-01"] })).toEqual([false, true]);
    expect(shares({ LETS_IN: ["AUTH-01"], UNHEALTHY: ["HEALTH-01"], UNKNOWN: ["CONN-10"] })).toEqual([false, false]);
  });
});
