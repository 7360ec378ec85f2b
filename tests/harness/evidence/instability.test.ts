import { describe, expect, test } from "vitest";
import { diagnose } from "../../../fixtures/diagnosis/diagnose.ts";
import { decideVerdict } from "../../../fixtures/evidence/verdict.ts";
import { createDeclaration, createLedger, createRun, createSocket } from "../record-factory.ts";

const POOLED = createSocket({ phasesMs: { dns: -1, tcp: -1, tls: -1 } });

/** A run of so many connections, of which some were replaced; `pooled` are seen again by cases that did not open them. */
function runWith({ opened, pooled = 0, replaced }: { opened: number; pooled?: number; replaced: number }) {
  const sockets = [
    ...Array.from({ length: opened }, () => createSocket()),
    ...Array.from({ length: pooled }, () => POOLED),
  ];
  const retriedAfter = Array.from({ length: replaced }, () => "ECONNRESET");
  return createRun({
    ledgers: [createLedger("HEALTH-01", { sockets, declarations: [createDeclaration({ retriedAfter })] })],
  });
}

describe("the finding and the verdict agree whether the network was unstable", () => {
  test.for([
    { what: "two replaced of four are too few", run: runWith({ opened: 4, replaced: 2 }), unstable: false },
    { what: "three replaced of four", run: runWith({ opened: 4, replaced: 3 }), unstable: true },
    {
      what: "three replaced of 150 are a share that is allowed",
      run: runWith({ opened: 150, replaced: 3 }),
      unstable: false,
    },
    {
      what: "a pooled connection counts once",
      run: runWith({ opened: 100, pooled: 100, replaced: 3 }),
      unstable: true,
    },
  ])("$what: $unstable", ({ run, unstable }) => {
    const verdict = decideVerdict({ ...run, totals: { ...run.totals, ran: 1 } });

    expect(diagnose(run).map(({ code }) => code)).toEqual(unstable ? ["NETWORK_UNSTABLE"] : []);
    expect(verdict).toMatchObject({ word: unstable ? "broken" : "works" });
  });
});
