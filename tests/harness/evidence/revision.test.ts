import { describe, expect, test } from "vitest";
import { revisionDrift } from "../../../fixtures/evidence/revision-drift.ts";
import { decideVerdict } from "../../../fixtures/evidence/verdict.ts";
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

describe("one revision from start to end", () => {
  test("in every header, whoever of two instances answered", () => {
    const ledgers = served("rev-1", "rev-1", null, "rev-1");

    expect(revisionDrift(createRun({ ledgers, closingProbes: [probe(["rev-1"], "rev-1")] })).size).toBe(0);
  });

  test("although it is called otherwise in headers than in the health body", () => {
    const calibrations = [probe(["build-7"])];

    expect(revisionDrift(createRun({ calibrations, ledgers: served("rev-1"), closingProbes: calibrations })).size).toBe(
      0,
    );
  });

  test("of which nothing is known", () => {
    const calibrations = [probe([])];

    expect(revisionDrift(createRun({ calibrations, ledgers: served(null), closingProbes: [] })).size).toBe(0);
  });

  test("of each of two services behind one address", () => {
    const urls = { ...URLS, auth: URLS.backend };
    const target = { kind: "staging" as const, urls, websocket: "", revision: "rev-1", settings: {} };

    expect(revisionDrift(createRun({ target, ledgers: served("rev-1", "auth-9") })).size).toBe(0);
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
  });
});
