import { describe, expect, test } from "vitest";
import { createUpgrade } from "../record-factory.ts";
import {
  at,
  causesOf,
  closedBy,
  failed,
  findingsOf,
  http,
  passed,
  turnedAway,
  unreached,
  welcomed,
} from "./scenario.ts";

const backend = { service: "backend" } as const;
const http500 = {
  ...backend,
  code: "E2E_UNDECLARED_OUTCOME",
  message: "/ws: the upgrade was answered HTTP 500: Internal Server Error",
};

describe("a route that answers errors instead of upgrading", () => {
  test("while the other path works: one route, and the frontend's URL decides what it means", () => {
    const scenes = [
      failed("CONN-01", http500, turnedAway("/ws", 500)),
      passed("CONN-05/websocket", welcomed("/websocket")),
      passed("HEALTH-14", welcomed("/websocket")),
    ];
    const [finding] = findingsOf(scenes);
    expect(finding).toMatchObject({ code: "SOCKET_ROUTE_CRASHES", cases: ["CONN-01"], team: "backend" });
    expect(finding?.title).toBe("/ws answers 500 instead of upgrading, while /websocket works");
    expect(finding?.next).toContain("leads browsers to a URL that works");
  });

  test("on every path: the handler itself", () => {
    const scenes = [
      failed("CONN-01", http500, turnedAway("/ws", 500)),
      failed("CONN-05/websocket", http500, turnedAway("/websocket", 500)),
    ];
    expect(causesOf(scenes)).toEqual({ UPGRADES_CRASH: ["CONN-01", "CONN-05/websocket"] });
  });

  test("with 503 while HTTP is served: the instance is not ready for sockets", () => {
    const scenes = [passed("HEALTH-01", http("/health", 200)), failed("CONN-01", http500, turnedAway("/ws", 503))];
    expect(causesOf(scenes)).toEqual({ UPGRADES_UNAVAILABLE: ["CONN-01"] });
  });

  test("404: the revision has no such route", () => {
    const scenes = [passed("CONN-01", welcomed()), failed("CONN-05/websocket", http500, turnedAway("/websocket", 404))];
    const [finding] = findingsOf(scenes);
    expect(finding).toMatchObject({ code: "SOCKET_ROUTE_MISSING" });
    expect(finding?.title).toBe("/websocket has no WebSocket route in this revision");
  });

  test("404, where another path answers an upgrade like a GET: the header is dropped on the way", () => {
    const scenes = [
      failed("CONN-01", http500, turnedAway("/ws", 404)),
      failed("CONN-05/api-v1-websocket", http500, turnedAway("/api/v1/websocket", 200, { outcome: "not-routed" })),
    ];
    expect(causesOf(scenes)).toEqual({ UPGRADE_DROPPED_BY_PROXY: ["CONN-01", "CONN-05/api-v1-websocket"] });
  });
});

describe("a socket that is accepted", () => {
  const closed = (code: number, reason: string, received = "") => ({
    ...backend,
    code: "E2E_SOCKET_CLOSED",
    message: `/ws was closed with ${code} "${reason}"; received [${received}]`,
  });
  const noWelcome = {
    ...backend,
    code: "E2E_WAIT_EXPIRED",
    message: "no welcome within 4000 ms; received [], socket open",
  };

  test.for([
    ["Service not ready: agent_supervisor", "SOCKET_SERVICE_NOT_READY"],
    ["Service initialization failed", "SOCKET_INIT_FAILS"],
    ["Factory SSOT validation failed", "SOCKET_FACTORY_REJECTS"],
    ["User has reached the maximum number of WebSocket managers (20)", "SOCKET_MANAGERS_EXHAUSTED"],
    ["Internal error", "SOCKET_INTERNAL_ERROR"],
  ] as const)("and closed with 1011 %j is %s", ([reason, code]) => {
    expect(causesOf([failed("CONN-01", closed(1011, reason), closedBy("/ws", 1011, reason))])).toEqual({
      [code]: ["CONN-01"],
    });
  });

  test("and closed with 1011 in the first seconds only: a cold start", () => {
    const cold = closedBy("/ws", 1011, "Internal error");
    const later = passed("CONN-04", at(9_000, welcomed()));
    expect(causesOf([failed("CONN-01", closed(1011, "Internal error"), cold), later])).toEqual({
      COLD_START: ["CONN-01"],
    });
  });

  test("and at once closed with 1000", () => {
    expect(causesOf([failed("CONN-01", closed(1000, "main cleanup"), closedBy("/ws", 1000, "main cleanup"))])).toEqual({
      CLOSED_BEFORE_WELCOME: ["CONN-01"],
    });
  });

  test("and lost without a close frame", () => {
    expect(causesOf([failed("CONN-01", closed(1006, ""), createUpgrade("/ws", 101))])).toEqual({
      CONNECTION_LOST_BEFORE_WELCOME: ["CONN-01"],
    });
  });

  test("and never greeted, though it answers pings", () => {
    const { declaration, socket } = createUpgrade("/ws", 101);
    const answering = {
      declaration,
      socket: { ...socket, closedAtMs: null, challenge: { sent: 1, answered: 1, smallestRttMs: 40 } },
    };
    expect(causesOf([failed("CONN-01", noWelcome, answering)])).toEqual({ NO_WELCOME: ["CONN-01"] });
  });

  test("and silent altogether, pings too: it stalls", () => {
    const { declaration, socket } = createUpgrade("/ws", 101);
    const silent = {
      declaration,
      socket: { ...socket, closedAtMs: null, challenge: { sent: 1, answered: 0, smallestRttMs: -1 } },
    };
    expect(causesOf([failed("CONN-01", noWelcome, silent)])).toEqual({ SOCKET_STALLS_AFTER_UPGRADE: ["CONN-01"] });
  });

  test.for([
    ["Server sent no subprotocol", "SUBPROTOCOL_NOT_ECHOED"],
    ["Server sent an invalid subprotocol", "SUBPROTOCOL_NOT_OFFERED"],
  ] as const)("with %j", ([said, code]) => {
    const failure = { ...backend, code: "E2E_SUBPROTOCOL", message: `/ws: ${said}; offered [jwt-auth, jwt.<token>]` };
    expect(causesOf([failed("CONN-02", failure, turnedAway("/ws", 101))])).toEqual({ [code]: ["CONN-02"] });
  });
});

describe("a socket that was greeted", () => {
  const frames = (...sent: readonly string[]) => [
    { name: "connect" },
    ...sent.map((name) => ({ direction: "sent" as const, name })),
  ];
  const pinged = createUpgrade("/ws", 101, { frames: frames("ping") });
  const asked = createUpgrade("/ws", 101, { frames: frames("user_message") });
  const noPong = {
    ...backend,
    code: "E2E_WAIT_EXPIRED",
    message: "no pong within 4000 ms; received [connect], socket open",
  };
  const noEvent = {
    ...backend,
    code: "E2E_WAIT_EXPIRED",
    message: "no agent_completed within 5000 ms; received [], socket open",
  };

  test("answers neither pings nor requests, but acknowledges unknown types: handlers are not called", () => {
    const acknowledged = createUpgrade("/ws", 101, { frames: [{ name: "connect" }, { name: "ack" }] });
    const scenes = [
      failed("CONN-06", noPong, pinged),
      failed("FLOW-01", noEvent, asked),
      passed("CONN-07/unknown-type", acknowledged),
    ];
    expect(causesOf(scenes)).toEqual({ MESSAGE_HANDLERS_DEAD: ["CONN-06", "FLOW-01"] });
  });

  test("answers nothing at all: deaf", () => {
    const noAnswer = {
      ...backend,
      code: "E2E_WAIT_EXPIRED",
      message: "no ack within 4000 ms; received [connect], socket open",
    };
    const scenes = [
      failed("CONN-06", noPong, pinged),
      failed("FLOW-01", noEvent, asked),
      failed("CONN-07", noAnswer, pinged),
    ];
    expect(causesOf(scenes)).toEqual({ SOCKET_DEAF: ["CONN-06", "FLOW-01", "CONN-07"] });
  });

  test("answers no ping, while agents run: the pong alone", () => {
    expect(causesOf([failed("CONN-06", noPong, pinged), passed("FLOW-01")])).toEqual({ PONG_MISSING: ["CONN-06"] });
  });

  test("goes silent after it had worked, and answers no close: the connection is half open", () => {
    const silent = createUpgrade("/ws", 101, {
      frames: [...frames("ping"), { direction: "sent", kind: "close", closeCode: 1000 }],
    });
    const scenes = [failed("CONN-06", noPong, silent), passed("CONN-10", welcomed("/ws", "pong"))];
    expect(causesOf(scenes)).toEqual({ CONNECTIONS_STALL: ["CONN-06"] });
  });

  const unclosed = (...sent: readonly string[]) =>
    createUpgrade("/ws", 101, { frames: [...frames(...sent), { direction: "sent", kind: "close", closeCode: 1000 }] });
  const hanging = unreached("HEALTH-02", "backend", "UND_ERR_HEADERS_TIMEOUT", "GET /health/ready");

  test("goes silent, and HTTP with it: one cause, whatever was waited for", () => {
    const noWelcome = { ...noPong, message: "no welcome within 4000 ms; received [], socket open" };
    const ungreeted = createUpgrade("/ws", 101, { frames: [{ direction: "sent", kind: "close", closeCode: 1000 }] });
    const scenes = [
      passed("HEALTH-01", http("/health", 200)),
      hanging,
      failed("FLOW-01", noEvent, unclosed("user_message")),
      failed("CONN-11", noWelcome, ungreeted),
    ];
    expect(causesOf(scenes)).toEqual({ CONNECTIONS_STALL: ["HEALTH-02", "FLOW-01", "CONN-11"] });
  });

  test("goes silent, behind the load balancer as well and after the close frame of a refusal: the same cause", () => {
    const noClose = { ...noPong, message: "no close within 4000 ms; received [error_message], socket open" };
    const refused = createUpgrade("/ws", 101, {
      outcome: "refused",
      frames: [{ name: "error_message" }, { kind: "close", closeCode: 1008 }],
    });
    const noAnswer = "GET /health: no answer from direct (UND_ERR_HEADERS_TIMEOUT: Headers Timeout Error)";
    const scenes = [
      passed("HEALTH-01", http("/health", 200)),
      hanging,
      failed("CONN-12", { code: "E2E_HOST_UNREACHABLE", service: "direct", message: noAnswer }),
      failed("FLOW-01", noEvent, unclosed("user_message")),
      failed("AUTH-05/socket", noClose, refused),
    ];
    expect(causesOf(scenes)).toEqual({ CONNECTIONS_STALL: ["HEALTH-02", "CONN-12", "FLOW-01", "AUTH-05/socket"] });
  });

  test("does not answer a close, while one path hangs: two causes", () => {
    const noClose = { ...noPong, message: "no close within 3000 ms; received [connect], socket open" };
    const scenes = [
      passed("HEALTH-01", http("/health", 200)),
      hanging,
      failed("CONN-09/client-close", noClose, unclosed()),
    ];
    expect(causesOf(scenes)).toEqual({ CLOSE_UNANSWERED: ["CONN-09/client-close"], ANSWER_HANGS: ["HEALTH-02"] });
  });

  test("closes with 1000 on the first message", () => {
    const legacy = createUpgrade("/websocket", 101, {
      frames: [...frames("ping"), { kind: "close", closeCode: 1000, closeReason: "legacy cleanup" }],
    });
    const failure = {
      ...backend,
      code: "E2E_SOCKET_CLOSED",
      message: '/websocket was closed with 1000 "legacy cleanup"; received [connect]',
    };
    const [finding] = findingsOf([failed("CONN-05/websocket", failure, legacy)]);
    expect(finding).toMatchObject({ code: "CLOSES_ON_FIRST_MESSAGE" });
    expect(finding?.title).toContain("/websocket");
  });
});

describe("a welcome of another shape", () => {
  const message =
    "/ws: the first frame is system_message (data.user_id: expected string, received array), not a welcome";

  test("is a wrong welcome, not another frame in its place", () => {
    const [finding] = findingsOf([failed("CONN-02", { ...backend, code: "E2E_NO_WELCOME", message }, welcomed())]);

    expect(finding).toMatchObject({ code: "WELCOME_WRONG", cases: ["CONN-02"] });
    expect(finding?.happened).toContain("received array");
  });

  test("explains why nobody can tell what becomes of a foreign origin", () => {
    const waited = "no refusal within 4000 ms; received [system_message], socket open";
    const foreign = createUpgrade("/ws", 101, { met: false, outcome: "foreign-origin", frames: [] });
    const scenes = [
      failed("CONN-02", { ...backend, code: "E2E_NO_WELCOME", message }, welcomed()),
      failed("CONN-11", { ...backend, code: "E2E_WAIT_EXPIRED", message: waited }, foreign),
    ];

    expect(causesOf(scenes)).toEqual({ WELCOME_WRONG: ["CONN-02", "CONN-11"] });
  });
});

test.for([
  ["of an unknown type goes unanswered, as all that ask with one", "CONN-07/unknown-type", ["CONN-08/large"], {}],
  ["that is malformed", "CONN-07/malformed-json", [], { LARGE_MESSAGE_MISHANDLED: ["CONN-08/large"] }],
] as const)("a message %s", ([, id, followers, others]) => {
  const silent = { code: "E2E_WAIT_EXPIRED", service: "backend", message: "no error frame within 4000 ms" } as const;
  expect(
    causesOf([
      failed(id, silent, welcomed()),
      failed("CONN-08/large", silent, welcomed()),
      passed("CONN-06", welcomed("/ws", "pong")),
    ]),
  ).toEqual({
    BAD_MESSAGE_MISHANDLED: [id, ...followers],
    ...others,
  });
});
