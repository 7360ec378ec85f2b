import { expect, test } from "vitest";
import { decideVerdict } from "../../../fixtures/evidence/verdict.ts";
import { createDeadCalibration, createFailedCase, createRun, createSilentCalibration } from "../record-factory.ts";

const SERVICES = ["backend", "auth", "frontend"] as const;
const DEAD = SERVICES.map((service) => createDeadCalibration(service, "ECONNREFUSED"));
const SILENT = SERVICES.map((service) => createSilentCalibration(service));

test.for([
  { what: "no host completes a handshake", calibrations: DEAD, verdict: { exitCode: 3, word: "unreachable" } },
  {
    what: "every host completes one and says nothing",
    calibrations: SILENT,
    verdict: { exitCode: 1, word: "broken", reasons: ["one case failed"] },
  },
  {
    what: "every host shows a certificate that has expired",
    calibrations: SERVICES.map((service) => createDeadCalibration(service, "CERT_HAS_EXPIRED")),
    verdict: { exitCode: 1, word: "broken" },
  },
  {
    what: "every certificate is of a strange authority, as a proxy in between shows it",
    calibrations: SERVICES.map((service) => createDeadCalibration(service, "SELF_SIGNED_CERT_IN_CHAIN")),
    verdict: { exitCode: 3, word: "unreachable" },
  },
  {
    what: "one host of three completes one",
    calibrations: [...DEAD.slice(0, 2), ...SILENT.slice(2)],
    verdict: { exitCode: 1, word: "broken", reasons: ["one case failed"] },
  },
])("a target of which $what", ({ calibrations, verdict }) => {
  expect(decideVerdict(createRun({ calibrations, cases: [createFailedCase("HEALTH-01")] }))).toMatchObject(verdict);
});
