import type { CaseRecord, RunRecord } from "../../../fixtures/evidence/run-record.ts";
import {
  createCalibration,
  createCase,
  createDeadCalibration,
  createDeclaration,
  createFailedCase,
  createLedger,
  createRun,
  createSocket,
  createUpgrade,
} from "../record-factory.ts";

const FLAWS = ["expired", "wrong-audience", "wrong-issuer", "wrong-signature", "alg-none", "truncated", "not-a-jwt"];

const healthyCases: readonly CaseRecord[] = [
  createCase("HEALTH-01", { title: "the backend says it is healthy, to anyone" }),
  createCase("HEALTH-04", { title: "the auth service is healthy and its database is connected" }),
  createCase("HEALTH-10/backend", { title: "the certificate of the backend is valid for 14 days more" }),
  createCase("HEALTH-10/auth", { title: "the certificate of the auth service is valid for 14 days more" }),
  ...FLAWS.map((flaw) =>
    createCase(`AUTH-06/${flaw}`, { title: `REST refuses a token that is ${flaw}`, networkMs: 91.2 }),
  ),
  createCase("CONN-05/ws", { title: "`/ws` authenticates and greets" }),
  createCase("CONN-05/ws-test", { title: "`/ws/test` is an open echo" }),
  createCase("FLOW-01", {
    title: "an agent run follows the contract from agent_started to agent_completed",
    networkMs: 712.6,
  }),
  createCase("CONC-01", { title: "seven sockets open at once, and each is greeted", networkMs: 12_345 }),
];

function routeLedgers(): RunRecord["ledgers"] {
  const main = createUpgrade("/ws", 101, { frames: [{ name: "connect" }, { kind: "close", closeCode: 1000 }] });
  const refused = createUpgrade("/ws", 101, {
    outcome: "refused",
    frames: [{ name: "error_message" }, { kind: "close", closeCode: 1008, closeReason: "Authentication failed" }],
  });
  const echo = createUpgrade("/ws/test", 101, { outcome: "upgraded", frames: [{ name: "pong" }] });
  return [
    createLedger("CONN-05/ws", {
      declarations: [main.declaration, refused.declaration],
      sockets: [main.socket, refused.socket],
    }),
    createLedger("CONN-05/ws-test", {
      declarations: [echo.declaration],
      sockets: [{ ...echo.socket, challenge: { sent: 1, answered: 1, smallestRttMs: 40.4 } }],
      notes: ["/ws/test answers anyone: an open echo, tolerated"],
    }),
    createLedger("FLOW-01", { measuredMs: { "first event": 141.3, completion: 702 } }),
    createLedger("HEALTH-01", {
      declarations: [
        createDeclaration({ route: "/api/health", status: 404, toleratedAs: "not in T12's route table" }),
        createDeclaration({ retriedAfter: ["ECONNRESET"] }),
      ],
      sockets: [createSocket()],
    }),
  ];
}

/** Everything passed, with something to say beside it. */
export const greenRun = createRun({
  cases: [...healthyCases],
  ledgers: routeLedgers(),
  notApplicable: [
    { id: "CONN-12", needs: ["direct-url"] },
    { id: "CONN-15", needs: ["browser"] },
  ],
  weaknesses: ["NODE_OPTIONS is set: --max-old-space-size=4096"],
});

/** The same against the stand-in. */
export const standInRun = createRun({
  ...greenRun,
  target: { ...greenRun.target, kind: "stand-in", settings: { rttMs: "40", strictness: "post_accept" } },
});

/** A dead auth service: one cause, several red cases, and one that nothing explains. */
export const redRun = createRun({
  cases: [
    ...healthyCases.map((each) =>
      each.id === "HEALTH-04" || each.id.startsWith("AUTH-06")
        ? createFailedCase(
            each.id,
            { code: "E2E_HOST_UNREACHABLE", message: "auth did not answer", service: "auth" },
            { networkMs: 0, title: each.title },
          )
        : each,
    ),
    createFailedCase("CONN-09", {
      code: "E2E_BODY_MISMATCH",
      message: "close reason \u001b[31mred\u001b[0m\n  expected: an empty one\n  next: ask the backend team",
      at: "tests/websocket-connect/close.test.ts:12",
    }),
    createCase("CONC-06", {
      state: "rejected",
      rejections: [
        { code: "E2E_NO_EVIDENCE", evidence: "no socket in its ledger", next: "let the case talk to the target" },
      ],
    }),
    createCase("CONC-08", { state: "not-run", durationMs: 0, networkMs: 0 }),
  ],
  calibrations: [
    createCalibration("backend"),
    createDeadCalibration("auth", "ECONNREFUSED"),
    createCalibration("frontend"),
  ],
  ledgers: routeLedgers(),
  findings: [
    {
      code: "AUTH_REFUSES_CONNECTIONS",
      title: "the auth service refuses connections",
      happened: "every connection to https://auth.staging.example ended in ECONNREFUSED",
      expected: "a TLS handshake",
      next: "see whether the service is deployed and listens",
      team: "auth",
      reproduction: "curl -sv https://auth.staging.example/health",
      cases: ["HEALTH-04", ...FLAWS.map((flaw) => `AUTH-06/${flaw}`)],
    },
  ],
});

/** Nothing is red, and yet the run says nothing: its manifest is at fault. */
export const invalidRun = createRun({
  cases: [createCase("HEALTH-01")],
  suiteFaults: ["the manifest names HEALTH-99, which no file declares"],
  verdict: { exitCode: 2, word: "invalid", reasons: ["the manifest is at fault"] },
});
