import { describe, expect, test } from "vitest";
import { diagnose } from "../../../fixtures/diagnosis/diagnose.ts";
import { RULES } from "../../../fixtures/diagnosis/rules/index.ts";
import { findingSchema } from "../../../fixtures/evidence/run-record.ts";
import { createCalibration, createDeadCalibration, createExchange, createSocket } from "../record-factory.ts";
import { greenRun, redRun } from "../views/example-runs.ts";
import { causesOf, failed, findingsOf, http, passed, runOf, turnedAway, unreached, welcomed } from "./scenario.ts";

const backend = { service: "backend" } as const;
const frontendDown = {
  calibrations: [
    createCalibration("backend"),
    createCalibration("auth"),
    createDeadCalibration("frontend", "ECONNREFUSED"),
  ],
};

test("a run without failures has no findings", () => {
  expect(diagnose(greenRun)).toEqual([]);
});

test("every failed case is explained exactly once, and no other", () => {
  const explained = diagnose(redRun).flatMap(({ cases }) => cases);
  const red = redRun.cases.filter(({ state }) => state === "failed").map(({ id }) => id);
  expect(explained.toSorted()).toEqual(red.toSorted());
});

test("codes are stable names, and findings hold nothing but what a record may hold", () => {
  const codes = new Set(RULES.flatMap((rule) => rule.codes));
  expect([...codes].filter((code) => !/^[A-Z][A-Z0-9_]+$/.test(code))).toEqual([]);
  const found = diagnose(redRun);
  expect(found.map((finding) => findingSchema.parse(finding))).toEqual(found);
  expect(found.filter(({ code }) => code !== "UNKNOWN" && !codes.has(code))).toEqual([]);
});

describe("several faults at once", () => {
  test("are several findings, each with its own cases", () => {
    const http500 = { ...backend, code: "E2E_UNDECLARED_OUTCOME", message: "/ws: the upgrade was answered HTTP 500: " };
    const scenes = [
      unreached("HEALTH-05", "frontend"),
      failed("CONN-01", http500, turnedAway("/ws", 500)),
      passed("CONN-05/websocket", welcomed("/websocket")),
      failed(
        "HEALTH-03",
        { ...backend, code: "E2E_UNDECLARED_OUTCOME", message: "GET backend /api/health answered 422" },
        http("/api/health", 422),
      ),
    ];
    expect(causesOf(scenes, frontendDown)).toEqual({
      FRONTEND_DOWN: ["HEALTH-05"],
      SOCKET_ROUTE_CRASHES: ["CONN-01"],
      API_HEALTH_WRONG: ["HEALTH-03"],
    });
  });
});

describe("cases that got no further than another one's failing call", () => {
  const healthy = passed("HEALTH-05/health", http("/api/health", 200, { service: "frontend" }));

  test("are explained with it where the answer was an error", () => {
    const page = { service: "frontend", outcome: "success", met: false } as const;
    const message = "GET frontend / answered 500: <html>";
    const failure = { service: "frontend", code: "E2E_UNDECLARED_OUTCOME", message } as const;
    const scenes = ["HEALTH-05/document", "HEALTH-12/hsts", "HEALTH-14/websocket"].map((id) =>
      failed(id, failure, http("/", 500, page)),
    );

    expect(causesOf([healthy, ...scenes])).toEqual({
      FRONTEND_UNHEALTHY: ["HEALTH-05/document", "HEALTH-12/hsts", "HEALTH-14/websocket"],
    });
  });

  test("are explained with it where the same field could not be read", () => {
    const unread = (call: string) =>
      ({
        service: "auth",
        code: "E2E_BODY_MISMATCH",
        message: `${call} auth /auth/verify answered a body of another shape: valid: Invalid input, got "true"`,
      }) as const;

    expect(
      causesOf([failed("AUTH-03/verify-valid", unread("GET")), failed("AUTH-10/new-pair", unread("POST"))]),
    ).toEqual({ VERIFICATION_WRONG: ["AUTH-03/verify-valid", "AUTH-10/new-pair"] });
  });

  test("keep their own cause where another call failed", () => {
    const message = "GET frontend / answered 500: <html>";
    const failure = { service: "frontend", code: "E2E_UNDECLARED_OUTCOME", message } as const;
    const page = http("/", 500, { service: "frontend", outcome: "success", met: false });
    const other = http("/assets", 500, { service: "frontend", outcome: "success", met: false });

    const scenes = [failed("HEALTH-05/document", failure, page), failed("HEALTH-12/hsts", failure, other)];

    expect(causesOf([healthy, ...scenes])).toEqual({
      FRONTEND_UNHEALTHY: ["HEALTH-05/document"],
      ROUTE_ANSWERS_5XX: ["HEALTH-12/hsts"],
    });
  });
});

describe("what nobody has heard of", () => {
  test.for([
    [
      "a field of another type",
      "HEALTH-09",
      "E2E_BODY_MISMATCH",
      "GET backend /api/mcp/servers answered a body of another shape: data: Invalid input: expected array, received string",
    ],
    [
      "an unknown event",
      "FLOW-04",
      "E2E_AGENT_FAILED",
      "/ws answered a request for an agent run with a frame of the unknown type agent_pondering: {}",
    ],
    ["a new close code", "CONN-09", "E2E_SOCKET_CLOSED", '/ws was closed with 4001 "go away"; received [connect]'],
    ["a new status", "AUTH-04", "E2E_UNDECLARED_OUTCOME", "GET backend /api/threads answered 418: a teapot"],
  ] as const)("%s is an unknown cause, with the evidence", ([, id, code, message]) => {
    const [finding] = findingsOf([failed(id, { ...backend, code, message }, welcomed())]);
    expect(finding).toMatchObject({ code: "UNKNOWN", team: "backend", cases: [id] });
    expect(finding?.happened).toContain(message);
  });

  test("is grouped by what is said, not listed case by case", () => {
    const scenes = ["a1", "b22", "c333"].map((user) =>
      failed(
        `CONN-20/${user}`,
        { ...backend, code: "E2E_ODD", message: `user-${user}7 got ${user.length}1 odd frames` },
        welcomed(),
      ),
    );
    const other = failed("CONN-21", { ...backend, code: "E2E_ODD", message: "something else" }, welcomed());
    expect(findingsOf([...scenes, other]).map(({ cases }) => cases.length)).toEqual([3, 1]);
  });

  test("is one finding where the same thing was received, whatever was going on", () => {
    const closed = (id: string, around: (close: string) => string) =>
      failed(
        id,
        { ...backend, code: "E2E_SOCKET_CLOSED", message: around('closed with 4999 "zorp"') },
        welcomed("/ws"),
      );
    const scenes = [
      closed("CONN-06/json-ping", (close) => `/ws was ${close}; received []`),
      closed("CONN-09/places", (close) => `3 of 3 connections failed; the first: /websocket was ${close}`),
      closed("FLOW-01", (close) => `/ws was ${close}; the run on thread-1 had [agent_started]`),
    ];

    expect(findingsOf(scenes).map(({ code, cases }) => [code, cases.length])).toEqual([["UNKNOWN", 3]]);
  });

  test("is the suite's own where the case fell over before it talked to anybody", () => {
    const [finding] = findingsOf([failed("CONN-20", { message: "no such fixture" })]);
    expect(finding).toMatchObject({ code: "UNKNOWN", team: "suite" });
  });
});

test("cases that fall over their own code are the suite's, and told last", () => {
  const scenes = [
    failed("FLOW-10", { message: "Cannot read properties of undefined (reading 'upgrade')" }, welcomed()),
    unreached("HEALTH-05", "frontend"),
  ];
  expect(findingsOf(scenes, frontendDown).map(({ code, team }) => [code, team])).toEqual([
    ["FRONTEND_DOWN", "frontend"],
    ["SUITE_ERROR", "suite"],
  ]);
});

describe("the run as a whole", () => {
  test("a revision that changes in mid-run is the first finding, though no case is red", () => {
    const next = http("/health", 200);
    const changed = { ...next, socket: createSocket({ exchanges: [createExchange({ revision: "rev-2" })] }) };
    const [finding] = findingsOf([passed("HEALTH-01", changed)], { calibrations: [createCalibration("backend")] });
    expect(finding).toMatchObject({ code: "REVISION_CHANGED", cases: [] });
    expect(finding?.title).toContain("rev-1, rev-2");
  });

  test("another revision than the expected one", () => {
    expect(
      causesOf([failed("HEALTH-16", { message: "expected 'rev-1' to be 'rev-2'" }, http("/health", 200))]),
    ).toEqual({
      REVISION_MISMATCH: ["HEALTH-16"],
    });
  });

  test("connections that are replaced again and again", () => {
    const retried = (id: string) => passed(id, http("/health", 200, { retriedAfter: ["ECONNRESET"] }));
    expect(causesOf([retried("HEALTH-01"), retried("HEALTH-02"), retried("HEALTH-03")])).toEqual({
      NETWORK_UNSTABLE: [],
    });
  });
});

describe("where to look", () => {
  const scenes = [
    failed(
      "HEALTH-03",
      { ...backend, code: "E2E_UNDECLARED_OUTCOME", message: "GET backend /api/health answered 422" },
      http("/api/health", 422),
    ),
  ];

  test("staging has logs: the query names the traces of the failing requests", () => {
    expect(findingsOf(scenes)[0]?.next).toMatch(/gcloud logging read 'trace:"[0-9a-f]{32}"'/);
  });

  test("the stand-in has none, and its CA must be named", () => {
    const { target } = runOf([]);
    const [finding] = findingsOf(scenes, { target: { ...target, kind: "stand-in" } });
    expect(finding?.next).not.toContain("gcloud");
    expect(finding?.reproduction).toContain('--cacert "$STAGING_CA_FILE"');
  });
});
