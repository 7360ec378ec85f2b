import { expect, test } from "vitest";
import { decideVerdict } from "../../../fixtures/evidence/verdict.ts";
import { createDeadCalibration, createFailedCase, createRun, createSilentCalibration } from "../record-factory.ts";

const DEAD = (["backend", "auth", "frontend"] as const).map((service) =>
  createDeadCalibration(service, "ECONNREFUSED"),
);
const SILENT = (["backend", "auth", "frontend"] as const).map((service) => createSilentCalibration(service));

test.for([
  { what: "no host completes a handshake", calibrations: DEAD, verdict: { exitCode: 3, word: "unreachable" } },
  {
    what: "every host completes one and says nothing",
    calibrations: SILENT,
    verdict: { exitCode: 1, word: "broken", reasons: ["one case failed"] },
  },
  {
    what: "one host of three completes one",
    calibrations: [...DEAD.slice(0, 2), ...SILENT.slice(2)],
    verdict: { exitCode: 1, word: "broken", reasons: ["one case failed"] },
  },
])("a target of which $what", ({ calibrations, verdict }) => {
  expect(decideVerdict(createRun({ calibrations, cases: [createFailedCase("HEALTH-01")] }))).toMatchObject(verdict);
});
