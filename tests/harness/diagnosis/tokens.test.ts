import { describe, expect, test } from "vitest";
import { createUpgrade } from "../record-factory.ts";
import {
  at,
  causesOf,
  closed1008,
  closedBy,
  failed,
  findingsOf,
  http,
  passed,
  refused1008,
  tokensAcceptedOnRest,
  turnedAway,
  welcomed,
} from "./scenario.ts";

const undeclared = (message: string) => ({ code: "E2E_UNDECLARED_OUTCOME", service: "backend", message }) as const;
const http403 = undeclared("/ws: the upgrade was answered HTTP 403: ");
const echo = passed(
  "CONN-05/ws-test",
  createUpgrade("/ws/test", 101, { outcome: "upgraded", frames: [{ name: "pong" }] }),
);

describe("an upgrade that refuses a valid token", () => {
  test("after accept, while REST accepts it: the backend has another secret", () => {
    const scenes = [
      tokensAcceptedOnRest,
      echo,
      failed("CONN-01", closed1008, refused1008),
      failed("CONN-02", closed1008, refused1008),
      failed("FLOW-01", closed1008, refused1008),
    ];
    const [finding] = findingsOf(scenes);
    expect(finding).toMatchObject({ code: "JWT_SECRET_MISMATCH", cases: ["CONN-01", "CONN-02", "FLOW-01"] });
    expect(finding?.reproduction).toMatch(/curl .*\$TOKEN.*npx wscat/s);
  });

  test("before accept, while REST accepts it: the secret or the check, nobody can tell from outside", () => {
    const scenes = [
      tokensAcceptedOnRest,
      echo,
      failed("CONN-01", http403, turnedAway("/ws", 403)),
      failed("CONN-02", http403, turnedAway("/websocket", 403)),
    ];
    expect(causesOf(scenes)).toEqual({ VALID_TOKENS_REFUSED_BEFORE_ACCEPT: ["CONN-01", "CONN-02"] });
  });

  test("on one path, while another serves it: that path has no route", () => {
    const scenes = [
      tokensAcceptedOnRest,
      failed("CONN-01", http403, turnedAway("/ws", 403)),
      passed("CONN-05/websocket", welcomed("/websocket")),
    ];
    expect(causesOf(scenes)).toEqual({ SOCKET_ROUTE_MISSING: ["CONN-01"] });
  });

  test("in the header, while the subprotocol is accepted: the header is stripped on the way", () => {
    const scenes = [
      tokensAcceptedOnRest,
      failed("CONN-01", closed1008, refused1008),
      passed("CONN-02", welcomed("/ws")),
      failed("FLOW-01", closed1008, refused1008),
    ];
    expect(causesOf(scenes)).toEqual({ AUTHORIZATION_STRIPPED_ON_UPGRADE: ["CONN-01", "FLOW-01"] });
  });

  test("in the header with 1011, as the load balancer of 10 September made it", () => {
    const internal = {
      code: "E2E_SOCKET_CLOSED",
      service: "backend",
      message: '/ws was closed with 1011 "Internal error"',
    } as const;
    const scenes = [
      failed("CONN-01", internal, closedBy("/ws", 1011, "Internal error")),
      passed("CONN-02", welcomed("/ws")),
    ];
    expect(causesOf(scenes)).toEqual({ AUTHORIZATION_STRIPPED_ON_UPGRADE: ["CONN-01"] });
  });

  test("in the subprotocol, while the header is accepted: browsers are shut out", () => {
    const scenes = [passed("CONN-01", welcomed()), failed("CONN-02", closed1008, refused1008)];
    expect(causesOf(scenes)).toEqual({ SUBPROTOCOL_TOKEN_UNREAD: ["CONN-02"] });
  });

  test("and everybody else too, also where no token is asked for: not authentication", () => {
    const scenes = [
      tokensAcceptedOnRest,
      failed("CONN-01", http403, turnedAway("/ws", 403)),
      failed("CONN-02", http403, turnedAway("/ws", 403)),
      failed("CONN-05/ws-test", http403, turnedAway("/ws/test", 403, { outcome: "upgraded" })),
    ];
    expect(causesOf(scenes)).toEqual({ UPGRADES_REFUSED_FOR_EVERYBODY: ["CONN-01", "CONN-02", "CONN-05/ws-test"] });
  });

  test("and REST refuses it as well, though the auth service accepts it", () => {
    const scenes = [
      passed("AUTH-03", http("/auth/verify", 200, { service: "auth" })),
      failed("FLOW-09", undeclared("GET backend /api/threads answered 401"), http("/api/threads", 401)),
      failed("CONN-01", closed1008, refused1008),
      failed("CONN-02", closed1008, refused1008),
    ];
    expect(causesOf(scenes)).toEqual({ BACKEND_REFUSES_VALID_TOKENS: ["CONN-01", "CONN-02", "FLOW-09"] });
  });

  test("only beside others: concurrency", () => {
    const scenes = [
      passed("CONN-01", welcomed()),
      passed("CONN-02", welcomed()),
      passed("CONN-04", welcomed()),
      failed("CONC-01", closed1008, welcomed(), refused1008),
    ];
    expect(causesOf(scenes)).toEqual({ CONCURRENT_CONNECTIONS_FAIL: ["CONC-01"] });
  });

  test("beside others more often, and alone as well: at times, with both shares told", () => {
    const scenes = [
      passed("CONN-01", welcomed()),
      failed("CONN-02", closed1008, welcomed(), refused1008),
      failed("CONC-01", closed1008, welcomed(), refused1008, refused1008),
      failed("CONC-04", closed1008, refused1008, refused1008),
    ];
    const [finding] = findingsOf(scenes);
    expect(finding).toMatchObject({ code: "VALID_TOKENS_REFUSED_AT_TIMES", cases: ["CONN-02", "CONC-01", "CONC-04"] });
    expect(finding?.happened).toContain("4 of 5 connections that were opened several at once, 1 of 3 others");
  });

  test("in the first seconds only: a cold start, also where a crowd was among the first", () => {
    const refused = turnedAway("/ws", 403);
    const scenes = [
      ...["CONC-01", "CONC-02", "CONC-04"].map((id) => failed(id, http403, at(100, refused))),
      failed("CONN-04", http403, at(200, refused)),
      ...["CONN-01", "CONN-02", "CONN-09", "FLOW-01"].map((id) => passed(id, at(9_000, welcomed()))),
    ];
    expect(causesOf(scenes)).toEqual({ COLD_START: ["CONC-01", "CONC-02", "CONC-04", "CONN-04"] });
  });

  test("now and then, beside others that are served: at times", () => {
    const refused = turnedAway("/ws", 403);
    const scenes = [
      passed("CONN-01", at(100, welcomed())),
      failed("CONN-04", http403, at(4_000, refused)),
      passed("CONN-02", at(9_000, welcomed())),
    ];
    expect(causesOf(scenes)).toEqual({ VALID_TOKENS_REFUSED_AT_TIMES: ["CONN-04"] });
  });

  test("after bad ones: a breaker that counts the users' errors", () => {
    const scenes = [
      passed("CONN-01", welcomed()),
      passed("AUTH-04", welcomed()),
      failed("AUTH-13", undeclared("GET backend /api/threads answered 503"), http("/api/threads", 503)),
      passed("AUTH-03", http("/api/threads", 200), http("/api/threads", 200)),
    ];
    expect(causesOf(scenes)).toMatchObject({ BREAKER_CASCADE: ["AUTH-13"] });
  });
});

describe("REST that refuses a valid token", () => {
  const answered401 = undeclared('GET backend /api/threads answered 401: {"detail":"Invalid or expired token"}');

  test("while the socket accepts it: the services do not trust each other", () => {
    const scenes = [
      passed("CONN-01", welcomed()),
      failed("AUTH-04", answered401, http("/api/threads", 401)),
      failed("FLOW-09", answered401, http("/api/threads", 401)),
    ];
    expect(causesOf(scenes)).toEqual({ SERVICE_IDENTITY_REFUSED: ["AUTH-04", "FLOW-09"] });
  });

  test("the second time: reuse detection", () => {
    const scenes = [
      passed("AUTH-04", http("/api/threads", 200)),
      failed(
        "AUTH-14",
        undeclared("answered 401: Token reuse detected - authentication failed"),
        http("/api/threads", 200),
        http("/api/threads", 401),
      ),
    ];
    expect(causesOf(scenes)).toEqual({ TOKEN_REUSE_REFUSED: ["AUTH-14"] });
  });

  test("with 503, since it cannot ask an auth service that answers everybody else", () => {
    const message =
      'GET backend /api/threads answered 503: {"detail":"Authentication service temporarily unavailable"}';
    const scenes = [
      passed("AUTH-03", http("/auth/verify", 200, { service: "auth" })),
      failed("FLOW-09", undeclared(message), http("/api/threads", 503)),
    ];
    expect(causesOf(scenes)).toEqual({ AUTH_UNREACHABLE_FROM_BACKEND: ["FLOW-09"] });
  });
});

describe("bad tokens", () => {
  const letIn = { code: "E2E_LET_IN", service: "backend", message: "/ws: the connection was welcomed" } as const;
  const socketLetIn = createUpgrade("/ws", 101, { outcome: "refused", met: false, frames: [{ name: "connect" }] });
  const restLetIn = http("/api/threads", 200, { outcome: "refused", met: false });

  test("that the socket lets in are named", () => {
    const [finding] = findingsOf([
      failed("AUTH-05/socket", letIn, createUpgrade("/ws", 101, { outcome: "refused", met: false })),
      failed("AUTH-07/expired", letIn, socketLetIn),
      failed("AUTH-07/wrong-audience", letIn, socketLetIn),
      passed("AUTH-06/expired", http("/api/threads", 401, { outcome: "refused", met: true })),
    ]);
    expect(finding).toMatchObject({
      code: "SOCKET_LETS_BAD_TOKENS_IN",
      title: "bad tokens were let in by the WebSocket: no token, expired, wrong audience",
      cases: ["AUTH-05/socket", "AUTH-07/expired", "AUTH-07/wrong-audience"],
    });
  });

  test("that REST lets in are another finding than the socket's", () => {
    const scenes = [failed("AUTH-07/expired", letIn, socketLetIn), failed("AUTH-06/expired", letIn, restLetIn)];
    expect(causesOf(scenes)).toEqual({
      SOCKET_LETS_BAD_TOKENS_IN: ["AUTH-07/expired"],
      REST_LETS_BAD_TOKENS_IN: ["AUTH-06/expired"],
    });
  });

  test("that get in only with test-mode headers", () => {
    expect(causesOf([failed("AUTH-17", letIn, socketLetIn), passed("AUTH-07/expired")])).toEqual({
      TEST_HEADERS_SWITCH_VALIDATION_OFF: ["AUTH-17"],
    });
  });

  test("a fourth connection that is let in is no bad token", () => {
    const fourth = createUpgrade("/ws", 101, { outcome: "over-limit", met: false, frames: [{ name: "connect" }] });
    expect(causesOf([failed("CONC-03", letIn, fourth)])).toEqual({ CONNECTION_LIMIT_NOT_ENFORCED: ["CONC-03"] });
  });
});

describe("the bypass key", () => {
  const exchange = (status: number) => http("/auth/e2e/test-auth", status, { service: "auth", method: "POST" });

  test.for([
    [401, "Invalid E2E bypass key", "BYPASS_KEY_REFUSED"],
    [403, "not in production", "BYPASS_FORBIDDEN"],
    [503, "E2E authentication not configured", "BYPASS_NOT_CONFIGURED"],
    [503, "Missing user_sessions", "LOGIN_BROKEN"],
  ] as const)("answered %i (%s) is %s", ([status, detail, code]) => {
    const failure = {
      code: "E2E_UNDECLARED_OUTCOME",
      service: "auth",
      message: `POST auth /auth/e2e/test-auth answered ${status}: ${detail}`,
    } as const;
    const scenes = [
      failed("AUTH-01", failure, exchange(status)),
      failed("CONN-01", failure, exchange(status)),
      passed("HEALTH-04", http("/health", 200, { service: "auth" })),
    ];
    expect(causesOf(scenes)).toEqual({ [code]: ["AUTH-01", "CONN-01"] });
  });
});

describe("a clock that is wrong", () => {
  const clock = (direction: string, seconds = 599) =>
    failed("HEALTH-11/backend", {
      service: "backend",
      code: "E2E_CLOCK_SKEW",
      message: `the clock of backend is ${seconds} s ${direction} ours`,
    });
  const letIn = (id: string) =>
    failed(id, { service: "backend", code: "E2E_LET_IN", message: "GET backend /api/threads answered 200: []" });

  test("explains the tokens that it makes good, and no others", () => {
    const scenes = [clock("ahead of"), letIn("AUTH-06/not-yet-valid"), letIn("AUTH-06/expired")];
    expect(causesOf(scenes)["CLOCK_SKEW"]).toEqual(["HEALTH-11/backend", "AUTH-06/not-yet-valid"]);
    expect(causesOf([clock("behind"), letIn("AUTH-06/expired")])).toEqual({
      CLOCK_SKEW: ["HEALTH-11/backend", "AUTH-06/expired"],
    });
  });

  test("that is off by less than the tokens are explains none of them", () => {
    const scenes = [clock("ahead of", 45), letIn("AUTH-06/not-yet-valid")];
    expect(causesOf(scenes)["CLOCK_SKEW"]).toEqual(["HEALTH-11/backend"]);
  });
});

test("a refusal that closes like a farewell is no lost welcome, where whoever may come in is welcomed", () => {
  const message = '/ws: closed with 1000 ""';
  const refusal = closedBy("/ws", 1000);
  const declaration = { ...refusal.declaration, outcome: "refused", met: false };
  const scenes = [
    passed("CONN-01", welcomed("/ws")),
    failed(
      "AUTH-05/socket",
      { code: "E2E_UNDECLARED_OUTCOME", service: "backend", message },
      { ...refusal, declaration },
    ),
  ];

  expect(causesOf(scenes)).toEqual({ SOCKET_REFUSAL_FORM_WRONG: ["AUTH-05/socket"] });
});
