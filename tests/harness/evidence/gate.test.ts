import { describe, expect, test } from "vitest";
import { gateRun, type GatePolicy, type Refusal } from "../../../fixtures/evidence/verification/gate-run.ts";
import { verifyRun, type Trust } from "../../../fixtures/evidence/verification/verify-run.ts";
import { createCalibration } from "../record-factory.ts";
import { createProof, createRunFolder, createTrust, type RunParts } from "./run-folder-factory.ts";

const STRICT: GatePolicy = { allowUnsigned: false, allowWeak: false, tier: undefined, authorities: [] };

function codesOf(parts: RunParts, trust: Partial<Trust> = {}, policy: Partial<GatePolicy> = {}): Refusal["code"][] {
  using run = createRunFolder(parts);
  const refusals = gateRun(verifyRun(run.folder, createTrust(trust)), { ...STRICT, ...policy });
  return refusals.map(({ code }) => code);
}

test("a whole, green, fresh, signed run of staging is accepted", () => {
  expect(codesOf({}, { maxAgeMs: 3_600_000, revision: "rev-1" }, { tier: "full" })).toEqual([]);
});

describe("a record is refused", () => {
  test("of the stand-in", () => {
    expect(codesOf({ target: { kind: "stand-in" } })).toEqual(["STAND_IN"]);
  });

  test.for(["--project health", "-t welcome", "--shard 1/2"])("of a part of the cases: %s", (filter) => {
    expect(codesOf({ start: { filters: [filter] } })).toEqual(["PARTIAL"]);
  });

  test("of a smaller tier than is asked for", () => {
    expect(codesOf({ start: { tier: "premerge" } }, {}, { tier: "full" })).toContain("PARTIAL");
  });

  test("that is stale", () => {
    expect(codesOf({}, { maxAgeMs: 1_000 })).toEqual(["STALE"]);
  });

  test("of another revision", () => {
    expect(codesOf({}, { revision: "rev-2" })).toEqual(["FOREIGN_REVISION"]);
  });

  test("of no known revision, where one is expected", () => {
    expect(codesOf({ revision: null }, { revision: "rev-2" })).toEqual(["FOREIGN_REVISION", "WEAKENED"]);
  });

  test("that nobody signed", () => {
    expect(codesOf({ privateKey: null })).toEqual(["UNSIGNED"]);
  });

  test("whose signature cannot be checked", () => {
    expect(codesOf({}, { publicKey: null })).toEqual(["UNSIGNED"]);
  });

  test("that is weakened", () => {
    expect(codesOf({ further: [{ kind: "weakness", weakness: "NODE_OPTIONS is set" }] })).toEqual(["WEAKENED"]);
  });

  test.for([[[]], [["CC:DD"]], [["AA:BB"]], [["AA:BB", "CC:DD", "EE:FF"]]] as const)(
    "that trusted further authorities than its verifier's %j",
    ([authorities]) => {
      expect(codesOf({ target: { authorities: ["AA:BB", "CC:DD"] } }, {}, { authorities })).toEqual(["WEAKENED"]);
    },
  );

  test("of a run that was killed", () => {
    expect(codesOf({ end: [] })).toEqual(["INCOMPLETE"]);
  });

  test("of a run that was interrupted", () => {
    const end = { kind: "end", endedAt: "2026-11-21T08:00:07.400Z", interrupted: true } as const;

    expect(codesOf({ end: [end] })).toEqual(["INCOMPLETE", "NOT_GREEN"]);
  });

  test("that is not green: a case did not run", () => {
    expect(codesOf({ ledgers: [createProof("HEALTH-01")] })).toEqual(["NOT_GREEN"]);
  });

  test("whose revision changed during the run", () => {
    const probes = [createCalibration("backend", { revision: "rev-2", revisions: ["rev-2"], sockets: [] })];

    expect(codesOf({ further: [{ kind: "closing", probes }] })).toEqual(["NOT_GREEN"]);
  });

  test("that another checkout's cases made", () => {
    expect(codesOf({ start: { suite: "6".repeat(64) } })).toEqual(["NOT_VERIFIED"]);
  });

  test("that says something else than its ledger", () => {
    expect(codesOf({}, { manifest: "{}" })).toEqual(["NOT_VERIFIED"]);
  });
});

describe("a pipeline may allow", () => {
  const target = { authorities: ["AA:BB", "CC:DD"] };

  test("further authorities, which it trusts itself", () => {
    expect(codesOf({ target }, {}, { authorities: ["AA:BB", "CC:DD"] })).toEqual([]);
  });

  test("further authorities that it knows nothing of", () => {
    expect(codesOf({ target }, {}, { allowWeak: true })).toEqual([]);
  });

  test("an unsigned record", () => {
    expect(codesOf({ privateKey: null }, {}, { allowUnsigned: true })).toEqual([]);
  });

  test("a weakened record", () => {
    const further = [{ kind: "weakness", weakness: "NODE_OPTIONS is set" }] as const;

    expect(codesOf({ further }, {}, { allowWeak: true })).toEqual([]);
  });

  test("but not by that a stale one", () => {
    expect(codesOf({}, { maxAgeMs: 1 }, { allowUnsigned: true, allowWeak: true })).toEqual(["STALE"]);
  });
});
