import { describe, expect, test } from "vitest";
import { diagnose } from "../../../fixtures/diagnosis/diagnose.ts";
import { revisionDrift } from "../../../fixtures/diagnosis/revision-drift.ts";
import { decideVerdict } from "../../../fixtures/evidence/verdict.ts";
import type { RunRecord } from "../../../fixtures/evidence/run-record.ts";
import type { Calibration } from "../../../fixtures/witness/ledger.ts";
import { createCalibration, createExchange, createLedger, createRun, createSocket, URLS } from "../record-factory.ts";

/** A probe whose revision stands in its health body alone, or in its headers too. */
function probe(revisions: readonly string[], header: string | null = null): Calibration {
  const sockets = [createSocket({ exchanges: [createExchange({ revision: header })] })];
  return createCalibration("backend", { revision: revisions[0] ?? null, revisions: [...revisions], sockets });
}

function served(...revisions: readonly (string | null)[]) {
  const exchanges = revisions.map((revision) => createExchange({ revision }));
  return [createLedger("HEALTH-01", { sockets: [createSocket({ exchanges })] })];
}

/** What the findings and the verdict say of a run: both follow from the drift alone. */
function told(run: RunRecord): { readonly findings: readonly string[]; readonly verdict: string } {
  const findings = diagnose(run).filter(({ code }) => code === "REVISION_CHANGED");
  const { word } = decideVerdict({ ...run, totals: { ...run.totals, ran: 1 } });
  return { findings: findings.map(({ title }) => title), verdict: word };
}

describe("one revision from start to end", () => {
  const alike = [probe(["build-7"])];
  const shared = { ...URLS, auth: URLS.backend };
  const target = { kind: "staging" as const, urls: shared, websocket: "", revision: "rev-1", settings: {} };

  test.for([
    {
      what: "in every header, whoever of two instances answered",
      run: { ledgers: served("rev-1", "rev-1", null, "rev-1"), closingProbes: [probe(["rev-1"], "rev-1")] },
    },
    {
      what: "although it is called otherwise in headers than in the health body",
      run: { calibrations: alike, ledgers: served("rev-1"), closingProbes: alike },
    },
    { what: "of which nothing is known", run: { calibrations: [probe([])], ledgers: served(null), closingProbes: [] } },
    { what: "of each of two services behind one address", run: { target, ledgers: served("rev-1", "auth-9") } },
  ])("$what", ({ run }) => {
    const record = createRun(run);

    expect(revisionDrift(record).size).toBe(0);
    expect(told(record)).toEqual({ findings: [], verdict: "works" });
  });
});

describe("a change makes the run inconclusive", () => {
  test.for([
    { what: "from start to end", run: { closingProbes: [probe(["rev-2"])] } },
    { what: "in the middle, seen in a header", run: { ledgers: served("rev-1", "rev-2") } },
    { what: "during a rollout that alternates", run: { calibrations: [probe(["rev-1", "rev-2"])] } },
    { what: "in the health body alone", run: { calibrations: [probe(["b-1"])], closingProbes: [probe(["b-2"])] } },
  ])("$what", ({ run }) => {
    const record = createRun(run);

    expect([...revisionDrift(record).keys()]).toEqual(["backend"]);
    expect(decideVerdict({ ...record, totals: { ...record.totals, ran: 1 } })).toMatchObject({
      exitCode: 3,
      word: "inconclusive",
      reasons: [expect.stringMatching(/^the revision of backend changed during the run: /)],
    });
    expect(told(record).findings).toEqual([expect.stringMatching(/^the revision of backend changed while /)]);
  });

  test("of the auth service alone", () => {
    const authProbe = (revision: string) => createCalibration("auth", { revision, revisions: [revision], sockets: [] });
    const record = createRun({ calibrations: [authProbe("rev-1")], closingProbes: [authProbe("rev-2")] });

    expect(told(record)).toEqual({
      findings: ["the revision of auth changed while it was tested: rev-1, rev-2"],
      verdict: "inconclusive",
    });
  });

  test("of the backend on both its ways, which is one finding", () => {
    const urls = { ...URLS, direct: "https://direct.staging.example" };
    const target = { kind: "staging" as const, urls, websocket: "", revision: "rev-1", settings: {} };
    const closingProbes = (["backend", "direct"] as const).map((service) =>
      createCalibration(service, { revision: "rev-2", revisions: ["rev-2"], sockets: [] }),
    );
    const calibrations = [createCalibration("backend"), createCalibration("direct")];
    const record = createRun({ target, calibrations, closingProbes });

    expect([...revisionDrift(record).keys()].toSorted()).toEqual(["backend", "direct"]);
    expect(told(record).findings).toEqual(["the revision of backend changed while it was tested: rev-1, rev-2"]);
  });
});
