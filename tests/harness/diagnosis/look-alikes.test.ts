import { describe, expect, test } from "vitest";
import { causesOf, closedBy, failed, http, passed, tokensAcceptedOnRest, turnedAway, welcomed } from "./scenario.ts";

const undeclared = (message: string) => ({ code: "E2E_UNDECLARED_OUTCOME", service: "backend", message }) as const;
const overLimit = {
  code: "E2E_NO_WELCOME",
  service: "backend",
  message: "/ws: the first frame is error_message CONNECTION_LIMIT_EXCEEDED: At most 1 connections per user",
} as const;
const turnedAwayFull = closedBy("/ws", 1013, "Connection limit exceeded", "error_message");

describe("a page that cannot connect", () => {
  const http403 = undeclared("/ws: the upgrade was answered HTTP 403: ");

  test("from its own origin, while the same token from none gets in: the origin is refused", () => {
    const scenes = [
      tokensAcceptedOnRest,
      passed("CONN-01", welcomed("/ws")),
      failed("CONN-02", http403, turnedAway("/ws", 403)),
      passed("CONN-03/token-first", welcomed("/ws")),
    ];
    expect(causesOf(scenes)).toEqual({ OWN_ORIGIN_REFUSED: ["CONN-02"] });
    const unread = failed("CONN-03/bearer-token", http403, turnedAway("/ws", 403));
    expect(causesOf([...scenes, unread])).toEqual({
      OWN_ORIGIN_REFUSED: ["CONN-02"],
      SUBPROTOCOL_FORM_UNREAD: ["CONN-03/bearer-token"],
    });
  });

  test("whatever its origin: the subprotocol is not read", () => {
    const scenes = [
      tokensAcceptedOnRest,
      passed("CONN-01", welcomed("/ws")),
      failed("CONN-02", http403, turnedAway("/ws", 403)),
      failed("CONN-03/token-first", http403, turnedAway("/ws", 403)),
    ];
    expect(causesOf(scenes)).toEqual({ SUBPROTOCOL_TOKEN_UNREAD: ["CONN-02", "CONN-03/token-first"] });
  });
});

describe("server errors", () => {
  const answered500 = undeclared("GET backend /api/threads answered 500: {}");
  const refused = http("/api/threads", 500, { outcome: "refused", met: false });

  test("to bad tokens only: the verification falls over", () => {
    const scenes = [tokensAcceptedOnRest, failed("AUTH-06/expired", answered500, refused)];
    expect(causesOf(scenes)).toEqual({ BAD_TOKENS_CRASH: ["AUTH-06/expired"] });
  });

  test("to good tokens too, on that route only: the route fails, whoever asks", () => {
    const scenes = [
      passed("HEALTH-01", http("/health", 200), http("/api/mcp/servers", 200)),
      failed("AUTH-06/expired", answered500, refused),
      failed("FLOW-09", answered500, http("/api/threads", 500)),
    ];
    expect(causesOf(scenes)).toEqual({ ROUTE_ANSWERS_5XX: ["AUTH-06/expired", "FLOW-09"] });
  });
});

describe("a limit of connections", () => {
  test("that the second connection meets is too low", () => {
    const scenes = [
      failed("CONN-04/fresh-id", overLimit, welcomed("/ws"), turnedAwayFull),
      failed("CONN-10", overLimit, turnedAwayFull),
    ];
    expect(causesOf(scenes)).toEqual({ CONNECTION_LIMIT_TOO_LOW: ["CONN-04/fresh-id", "CONN-10"] });
  });

  test("that is met after some were closed is one that closed connections still count towards", () => {
    const scenes = [
      passed("CONN-04/fresh-id", welcomed("/ws"), welcomed("/ws")),
      failed("CONC-06", overLimit, welcomed("/ws"), turnedAwayFull),
    ];
    expect(causesOf(scenes)).toEqual({ CONNECTIONS_NOT_RELEASED: ["CONC-06"] });
  });
});

describe("a close", () => {
  const dropped = { message: "expected { code: 1006, reason: '' } to match object { code: 1000 }" };
  const unanswered = { code: "E2E_WAIT_EXPIRED", message: "no close within 3000 ms; received [connect], socket open" };

  test("that comes without a frame, also where a refusal must say why", () => {
    const scenes = [
      failed("CONN-09/client-close", dropped, welcomed("/ws")),
      failed("AUTH-05/socket", undeclared('/ws: closed with 1006 "", after the error NO_TOKEN'), welcomed("/ws")),
    ];
    expect(causesOf(scenes)).toEqual({ CLOSE_WITHOUT_FRAME: ["CONN-09/client-close", "AUTH-05/socket"] });
  });

  test("that is never answered is no dead connection, as long as pings are", () => {
    const scenes = [
      passed("CONN-06/json-ping", welcomed("/ws", "pong")),
      failed("CONN-09/client-close", unanswered, welcomed("/ws")),
      failed("CONC-03/room", unanswered, welcomed("/ws")),
    ];
    expect(causesOf(scenes)).toEqual({ CLOSE_UNANSWERED: ["CONN-09/client-close", "CONC-03/room"] });
  });
});
