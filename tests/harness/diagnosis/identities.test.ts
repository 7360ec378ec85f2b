import { describe, expect, test } from "vitest";
import { createUpgrade } from "../record-factory.ts";
import { causesOf, failed, findingsOf, passed, welcomed } from "./scenario.ts";

const backend = { service: "backend" } as const;
/** As `toHearNoOtherRun` says it: such an error names no service. */
const strays = (heard: string) => ({
  code: "E2E_STRAY_EVENT",
  message: `1 agent events reached somebody who did not ask for them: ${heard}`,
  service: null,
});

describe("identities", () => {
  const welcomedAs = (shown: string, user: string) =>
    ({
      ...backend,
      code: "E2E_WRONG_IDENTITY",
      message: `/ws: welcomed as ${shown} with the token of ${user}`,
    }) as const;

  test("that are one for all", () => {
    const scenes = [
      failed("CONN-01", welcomedAs("demo-user-001", "e2e-a1"), welcomed()),
      failed("FLOW-01", welcomedAs("demo-user-001", "e2e-b2"), welcomed()),
      failed(
        "CONC-01",
        { ...backend, code: "E2E_UNDECLARED_OUTCOME", message: "closed with 1008 too many connections" },
        welcomed(),
      ),
    ];
    const [finding, ...more] = findingsOf(scenes);
    expect(finding).toMatchObject({ code: "ONE_IDENTITY_FOR_ALL", cases: ["CONN-01", "FLOW-01", "CONC-01"] });
    expect(finding?.title).toContain("demo-user-001");
    expect(more).toEqual([]);
  });

  test("that are one for all also share one limit of connections", () => {
    const limit = createUpgrade("/ws", 101, {
      frames: [
        { name: "error_message" },
        { direction: "sent", kind: "close", closeCode: 1000 },
        { kind: "close", closeCode: 1013, closeReason: "Connection limit exceeded: 3 per user" },
      ],
    });
    const message = "/ws: the first frame is error_message CONNECTION_LIMIT_EXCEEDED: At most 3 connections per user";
    const scenes = [
      failed("AUTH-12/socket", welcomedAs("demo-user-001", "staging-e2e-user-001"), welcomed()),
      failed("FLOW-01", { ...backend, code: "E2E_NO_WELCOME", message }, limit),
    ];
    expect(causesOf(scenes)).toEqual({ ONE_IDENTITY_FOR_ALL: ["AUTH-12/socket", "FLOW-01"] });
  });

  test("that are told apart, though wrongly, are not one for all", () => {
    const [a, b, c] = ["staging-e2e-user-001", "staging-e2e-user-002", "staging-e2e-user-003"] as const;
    const swapped = {
      ...backend,
      code: null,
      message: `rest names ${b}, ${a}, ${c}: expected [ '${b}', …(2) ] to deeply equal [ '${a}', …(2) ]`,
    };
    const scenes = [failed("AUTH-12/rest", swapped), failed("AUTH-12/socket", welcomedAs(b, a), welcomed())];
    expect(causesOf(scenes)).toEqual({ WRONG_IDENTITY: ["AUTH-12/socket", "AUTH-12/rest"] });
    const same = failed("AUTH-12/rest", { ...swapped, message: `rest names ${b}, ${b}, ${b}: expected …` });
    expect(causesOf([same])).toEqual({ ONE_IDENTITY_FOR_ALL: ["AUTH-12/rest"] });
  });

  test("of which one is wrong", () => {
    expect(causesOf([failed("CONN-01", welcomedAs("staging-...", "e2e-a1"), welcomed())])).toEqual({
      WRONG_IDENTITY: ["CONN-01"],
    });
  });

  test("whose events cross", () => {
    const crossed = strays("e2e-a heard agent_started of run r1, user e2e-b");
    const underLoad = findingsOf([passed("FLOW-10"), failed("CONC-02", crossed, welcomed())]);
    expect(underLoad[0]).toMatchObject({
      code: "EVENTS_CROSS_USERS",
      title: expect.stringContaining("while several users' agents run"),
    });
    expect(causesOf([failed("FLOW-10", crossed, welcomed())])).toEqual({ EVENTS_CROSS_USERS: ["FLOW-10"] });
    expect(causesOf([failed("FLOW-06", crossed, welcomed())])).toEqual({ EVENTS_CROSS_USERS: ["FLOW-06"] });
  });

  test.for([
    ["is read by another", '{"thread_id":"t","messages":[{"id":"m","role":"user"}]}', "THREADS_VISIBLE_TO_OTHERS"],
    ["only looks shown where every path is", '{"status":"ok"}', "UNKNOWN_PATH_WRONG"],
  ] as const)("whose thread %s", ([, body, code]) => {
    const undeclared = { ...backend, code: "E2E_UNDECLARED_OUTCOME" };
    const scenes = [
      failed("HEALTH-15/anonymous", { ...undeclared, message: "GET backend /api/no-such-route answered 200: ok" }),
      failed("FLOW-09/hidden", { ...undeclared, message: `GET backend /api/threads/t/messages answered 200: ${body}` }),
    ];
    expect(causesOf(scenes)[code]).toContain("FLOW-09/hidden");
  });
});
