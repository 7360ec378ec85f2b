import { describe, expect, test } from "vitest";
import { createCalibration, createDeadCalibration, createSilentCalibration } from "../record-factory.ts";
import { causesOf, failed, findingsOf, http, passed, turnedAway, unreached } from "./scenario.ts";

const others = [createCalibration("backend"), createCalibration("frontend")];

describe("a service that cannot be reached", () => {
  test.for([
    ["ENOTFOUND", "AUTH_NAME_UNRESOLVED", "infrastructure"],
    ["ECONNREFUSED", "AUTH_DOWN", "auth"],
    ["ETIMEDOUT", "AUTH_TIMES_OUT", "auth"],
    ["ECONNRESET", "AUTH_RESETS_CONNECTIONS", "infrastructure"],
    ["CERT_HAS_EXPIRED", "AUTH_CERTIFICATE_EXPIRED", "infrastructure"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "AUTH_CERTIFICATE_WRONG_HOST", "infrastructure"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "AUTH_CERTIFICATE_CHAIN_INCOMPLETE", "infrastructure"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "AUTH_CERTIFICATE_UNTRUSTED", "infrastructure"],
    ["EPROTO", "AUTH_TLS_FAILS", "infrastructure"],
    ["ESOMETHINGNEW", "AUTH_UNREACHABLE", "infrastructure"],
  ] as const)("%s is %s, owned by %s", ([code, finding, team]) => {
    const findings = findingsOf(
      [
        passed("HEALTH-01", http("/health", 200)),
        unreached("HEALTH-04", "auth", code),
        failed("AUTH-01", {
          code: "E2E_HOST_GIVEN_UP",
          service: "auth",
          message: `auth was not tried again: its first failed connection was ${code} at https://auth.staging.example`,
        }),
      ],
      { calibrations: [...others, createDeadCalibration("auth", code)] },
    );
    expect(findings).toEqual([expect.objectContaining({ code: finding, team, cases: ["HEALTH-04", "AUTH-01"] })]);
    expect(findings[0]?.reproduction).toContain("https://auth.staging.example/health");
  });

  test("explains the backend's 503 where the backend needs the auth service", () => {
    const refused = failed(
      "FLOW-09",
      { code: "E2E_UNDECLARED_OUTCOME", service: "backend", message: "GET backend /api/threads answered 503: …" },
      http("/api/threads", 503),
    );
    const scenes = [passed("HEALTH-01", http("/health", 200)), unreached("HEALTH-04", "auth"), refused];
    expect(causesOf(scenes, { calibrations: [...others, createDeadCalibration("auth", "ECONNREFUSED")] })).toEqual({
      AUTH_DOWN: ["HEALTH-04", "FLOW-09"],
    });
  });

  test("is one cause where all three are gone", () => {
    const scenes = [
      unreached("HEALTH-01", "backend"),
      unreached("HEALTH-04", "auth"),
      unreached("HEALTH-05", "frontend"),
    ];
    const calibrations = (["backend", "auth", "frontend"] as const).map((service) =>
      createDeadCalibration(service, "ECONNREFUSED"),
    );
    expect(causesOf(scenes, { calibrations })).toEqual({ TARGET_UNREACHABLE: ["HEALTH-01", "HEALTH-04", "HEALTH-05"] });
  });

  test("is another cause where all three shake hands and then say nothing", () => {
    const scenes = [
      unreached("HEALTH-01", "backend", "ETIMEDOUT"),
      unreached("HEALTH-04", "auth", "ETIMEDOUT"),
      unreached("HEALTH-05", "frontend", "ETIMEDOUT"),
    ];
    const calibrations = (["backend", "auth", "frontend"] as const).map((service) => createSilentCalibration(service));

    expect(findingsOf(scenes, { calibrations })).toEqual([
      expect.objectContaining({
        code: "TARGET_ANSWERS_NOTHING",
        title: expect.stringMatching(/completes a TLS handshake, and none answers: it does not answer in time$/),
        cases: ["HEALTH-01", "HEALTH-04", "HEALTH-05"],
      }),
    ]);
  });
});

describe("a service that answers, but not always", () => {
  test("hangs on one path: the handler, not the host", () => {
    const scenes = [
      passed("HEALTH-01", http("/health", 200)),
      unreached("HEALTH-02", "backend", "UND_ERR_HEADERS_TIMEOUT", "GET /health/ready"),
    ];
    const [finding] = findingsOf(scenes);
    expect(finding).toMatchObject({ code: "ANSWER_HANGS", cases: ["HEALTH-02"] });
    expect(finding?.title).toContain("/health/ready");
  });

  test("hangs on upgrades alone", () => {
    const message = "upgrade of /ws: no answer from backend (Error: Opening handshake has timed out)";
    const scenes = [
      passed("HEALTH-01", http("/health", 200)),
      failed("CONN-01", { code: "E2E_HOST_UNREACHABLE", service: "backend", message }),
    ];
    expect(causesOf(scenes)).toEqual({ UPGRADE_HANGS: ["CONN-01"] });
  });

  test("refuses connections later on", () => {
    expect(causesOf([passed("HEALTH-01", http("/health", 200)), unreached("CONC-07", "backend")])).toEqual({
      WENT_DOWN_IN_MID_RUN: ["CONC-07"],
    });
  });
});

describe("a service that answers errors", () => {
  const said503 = {
    code: "E2E_UNDECLARED_OUTCOME",
    service: "backend",
    message: "GET backend /health answered 503",
  } as const;

  test("503 to everything: it did not start", () => {
    const scenes = [
      failed("HEALTH-01", said503, http("/health", 503)),
      failed("FLOW-09", said503, http("/api/threads", 503)),
      failed("CONN-01", said503, turnedAway("/ws", 503)),
      // A 503 is an answer like any other for a case about TLS: it makes nobody healthy.
      passed("HEALTH-10", http("/health", 503, { met: true })),
      passed("HEALTH-04", http("/health", 200, { service: "auth" })),
    ];
    expect(causesOf(scenes)).toEqual({ BACKEND_UNAVAILABLE: ["HEALTH-01", "FLOW-09", "CONN-01"] });
  });

  test("503 to all but its health, however many calls there are", () => {
    const scenes = [
      passed("HEALTH-01", http("/health", 200)),
      ...Array.from({ length: 20 }, (_, index) => failed(`FLOW-09/${index}`, said503, http("/api/threads", 503))),
      failed("HEALTH-09", said503, http("/api/mcp/config", 503)),
    ];
    expect(Object.keys(causesOf(scenes))).toEqual(["BACKEND_HEALTHY_BUT_FAILING"]);
  });

  test("500 to everything but its health", () => {
    const scenes = [
      passed("HEALTH-01", http("/health", 200)),
      failed("FLOW-09", said503, http("/api/threads", 500)),
      failed("HEALTH-09", said503, http("/api/mcp/config", 500)),
    ];
    expect(causesOf(scenes)).toEqual({ BACKEND_HEALTHY_BUT_FAILING: ["FLOW-09", "HEALTH-09"] });
  });

  test("on one route alone", () => {
    const scenes = [
      passed("HEALTH-01", http("/health", 200)),
      passed("HEALTH-09", http("/api/mcp/config", 200), http("/api/mcp/servers", 200)),
      failed("FLOW-09", said503, http("/api/threads", 500)),
    ];
    expect(causesOf(scenes)).toEqual({ ROUTE_ANSWERS_5XX: ["FLOW-09"] });
  });

  test("now and then on routes that serve the others, as every tenth request does", () => {
    const good = Array.from({ length: 9 }, (_, index) =>
      passed(`AUTH-0${index + 1}`, http("/api/threads", 200), http("/health", 200)),
    );
    const scenes = [
      ...good,
      failed("FLOW-09", said503, http("/health", 200), http("/api/threads", 500)),
      failed("HEALTH-01", said503, http("/health", 500)),
    ];
    expect(causesOf(scenes)).toEqual({ INTERMITTENT_5XX: ["FLOW-09", "HEALTH-01"] });
  });

  test("to about half of the users: one bad instance of two", () => {
    const scenes = [
      passed("AUTH-01", http("/api/threads", 200), http("/health", 200)),
      passed("AUTH-02", welcomedWs()),
      failed("FLOW-09", said503, http("/api/threads", 500)),
      failed("HEALTH-01", said503, http("/health", 500)),
      failed("CONN-01", said503, turnedAway("/ws", 500)),
    ];
    expect(causesOf(scenes)).toEqual({ ONE_BAD_INSTANCE: ["FLOW-09", "HEALTH-01", "CONN-01"] });
  });

  test.for([
    [429, "RATE_LIMITED"],
    [302, "REDIRECTED"],
  ] as const)("%i is %s", ([status, code]) => {
    const scenes = [
      passed("HEALTH-01", http("/health", 200)),
      failed("FLOW-09", said503, http("/api/threads", status)),
    ];
    expect(causesOf(scenes)).toEqual({ [code]: ["FLOW-09"] });
  });

  test("an HTML page with status 200 is no success", () => {
    const page = http("/api/threads", 200, { contentType: "text/html; charset=utf-8" });
    const scenes = [
      failed(
        "FLOW-09",
        { code: "E2E_BODY_MISMATCH", service: "backend", message: "GET backend /api/threads answered no JSON: <html>" },
        page,
      ),
    ];
    expect(causesOf(scenes)).toEqual({ HTML_INSTEAD_OF_JSON: ["FLOW-09"] });
  });
});

function welcomedWs(): ReturnType<typeof turnedAway> {
  return turnedAway("/ws", 101, { met: true });
}
