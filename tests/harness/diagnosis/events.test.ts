import { describe, expect, test } from "vitest";
import { anomaliesOf } from "../../../fixtures/diagnosis/symptoms.ts";
import { createUpgrade } from "../record-factory.ts";
import { agentRun, causesOf, failed, findingsOf, passed, welcomed, type Scene } from "./scenario.ts";

const backend = { service: "backend" } as const;
const WHOLE = ["agent_started", "agent_thinking", "tool_executing", "tool_completed", "agent_completed"] as const;
const without = (name: string): string[] => WHOLE.filter((event) => event !== name);
const noCompletion = {
  ...backend,
  code: "E2E_WAIT_EXPIRED",
  message: "no agent_completed within 5000 ms; received [], socket open",
};
const grammar = { code: "E2E_EVENT_GRAMMAR", message: "the agent run left the grammar: …", service: null };

test.for([
  ["a whole run", WHOLE, []],
  ["a run without tools", ["agent_started", "agent_thinking", "agent_completed"], []],
  [
    "thinking twice and progress between",
    ["agent_started", "agent_thinking", "agent_thinking", "progress_update", "agent_completed"],
    [],
  ],
  ["nothing", [], ["none-came"]],
  ["no thinking", ["agent_started", "agent_completed"], ["missing"]],
  ["half a tool", without("tool_completed"), ["missing"]],
  ["no end", without("agent_completed"), ["no-end"]],
  ["two ends", [...WHOLE, "agent_completed"], ["ends-twice"]],
  ["an event after the end", [...WHOLE, "agent_thinking"], ["after-the-end"]],
  [
    "a tool pair reversed",
    ["agent_started", "agent_thinking", "tool_completed", "tool_executing", "agent_completed"],
    ["reordered"],
  ],
  ["everything twice", WHOLE.flatMap((name) => [name, name]), ["ends-twice", "doubled"]],
] as const)("%s has the anomalies it has", ([, events, kinds]) => {
  expect(anomaliesOf(events).map(({ kind }) => kind)).toEqual(kinds);
});

describe("an agent run", () => {
  test("that streams nothing", () => {
    const { declaration, socket } = agentRun();
    const open = { declaration, socket: { ...socket, closedAtMs: null } };
    expect(causesOf([failed("FLOW-01", noCompletion, open), passed("CONN-06", welcomed("/ws", "pong"))])).toEqual({
      NO_AGENT_EVENTS: ["FLOW-01"],
    });
  });

  test.for(["agent_started", "agent_thinking", "tool_executing", "tool_completed"])("that lacks %s", (name) => {
    const [finding] = findingsOf([failed("FLOW-01", grammar, agentRun(...without(name)))]);
    expect(finding).toMatchObject({ code: "AGENT_EVENT_MISSING", cases: ["FLOW-01"] });
    expect(finding?.title).toContain(name);
  });

  test("that lacks an event alone and beside others lacks it, and mixes nothing", () => {
    const beside = { ...grammar, message: "agent runs beside each other left the grammar: no agent_thinking (2 of 2)" };
    const bare = agentRun(...without("agent_thinking"));
    expect(causesOf([failed("FLOW-01", grammar, bare), failed("FLOW-06/interleaved", beside, bare)])).toEqual({
      AGENT_EVENT_MISSING: ["FLOW-01", "FLOW-06/interleaved"],
    });
  });

  test("whose event is missing explains the passes that lack it as their proof", () => {
    const rejected = (id: string, event: string): Scene => {
      const rejection = { code: "PROOF_MISSING", evidence: `not seen: ws backend /ws ← ${event}`, next: "" };
      const scene = passed(id, agentRun(...without("agent_thinking")));
      return { ...scene, record: { ...scene.record, state: "rejected", rejections: [rejection] } };
    };
    const [finding] = findingsOf([
      failed("FLOW-01", grammar, agentRun(...without("agent_thinking"))),
      rejected("FLOW-09/answer", "agent_thinking"),
      rejected("FLOW-09/message", "agent_completed"),
    ]);
    expect(finding).toMatchObject({ code: "AGENT_EVENT_MISSING", cases: ["FLOW-01", "FLOW-09/answer"] });
  });

  test("that lacks its end", () => {
    expect(causesOf([failed("FLOW-01", noCompletion, agentRun(...without("agent_completed")))])).toEqual({
      RUN_NEVER_COMPLETES: ["FLOW-01"],
    });
  });

  test("that lacks its end in a browser too, whose frames are not ours", () => {
    const cut = {
      ...noCompletion,
      message: "no agent_completed within 5000 ms; received [agent_started], socket open",
    };
    const scenes = [
      failed("CONN-15/page-socket", cut, welcomed()),
      failed("FLOW-01", cut, agentRun(...without("agent_completed"))),
    ];
    expect(causesOf(scenes)).toEqual({ RUN_NEVER_COMPLETES: ["FLOW-01", "CONN-15/page-socket"] });
  });

  test("that lacks its tool where one was asked for", () => {
    const missing = { ...grammar, code: "E2E_EVENT_MISSING" };
    const [finding] = findingsOf([
      failed("FLOW-01", missing, agentRun("agent_started", "agent_thinking", "agent_completed")),
    ]);
    expect(finding).toMatchObject({ code: "AGENT_EVENT_MISSING" });
    expect(finding?.title).toContain("tool_executing and tool_completed");
  });

  test.for([
    ["ends twice", [...WHOLE, "agent_completed"], "RUN_ENDS_TWICE"],
    ["goes on after its end", [...WHOLE, "agent_thinking"], "EVENTS_AFTER_THE_END"],
    ["comes twice", WHOLE.flatMap((name) => [name, name]), "EVENTS_DOUBLED"],
    ["comes in another order", ["agent_thinking", "agent_started", ...WHOLE.slice(2)], "EVENTS_REORDERED"],
  ] as const)("that %s", ([, events, code]) => {
    expect(causesOf([failed("FLOW-02", grammar, agentRun(...events))])).toEqual({ [code]: ["FLOW-02"] });
  });

  test.for([
    [
      "FLOW-03/run-id",
      "E2E_RUN_ID",
      "the agent run has no id of its own: the run id changes: a, then b",
      "RUN_IDENTITY_WRONG",
    ],
    ["FLOW-03/timestamps", "E2E_TIMESTAMP", "timestamps of the agent run are wrong: …", "TIMESTAMPS_WRONG"],
    ["FLOW-04/thread", "E2E_FOREIGN_THREAD", "events of the agent run name another thread: …", "THREAD_LOST"],
    ["FLOW-04/content", "E2E_EVENT_CONTENT", "events of the agent run say nothing: …", "EVENT_CONTENT_EMPTY_OR_WRONG"],
    ["FLOW-08/duration", "E2E_DURATION_UNIT", "the agent run tells a duration that …", "DURATION_UNIT_WRONG"],
    ["FLOW-08/pace", null, "first event: expected 4100 to be less than 3000", "AGENT_SLOW"],
  ] as const)(
    "that ends twice, and of whose events %s holds something else, has two faults",
    ([id, code, message, own]) => {
      const twice = agentRun(...WHOLE, "agent_completed");
      const end = { ...grammar, code: "E2E_RUN_END" };
      expect(
        causesOf([failed("FLOW-02/one-end", end, twice), failed(id, { code, message, service: null }, twice)]),
      ).toEqual({ RUN_ENDS_TWICE: ["FLOW-02/one-end"], [own]: [id] });
    },
  );

  test.for([
    ["come in another order", "EVENTS_REORDERED", ["agent_thinking", "agent_started", ...WHOLE.slice(2)]],
    ["come after its end", "EVENTS_AFTER_THE_END", [...WHOLE, "agent_thinking"]],
    ["come twice", "EVENTS_DOUBLED", WHOLE.flatMap((name) => [name, name])],
  ] as const)("whose events %s are also out of the order of time", ([, code, events]) => {
    const run = agentRun(...events);
    const stamps = (wrong: string) => ({
      code: "E2E_TIMESTAMP",
      message: `timestamps of the agent run are wrong: ${wrong}; received […]`,
      service: null,
    });
    const older = stamps("agent_thinking is 512 ms older than the event before it");
    expect(causesOf([failed("FLOW-01", grammar, run), failed("FLOW-03/timestamps", older, run)])).toEqual({
      [code]: ["FLOW-01", "FLOW-03/timestamps"],
    });
    const unit = stamps("agent_started is of 1970-01-21T00:00:00.000Z, outside its run");
    expect(causesOf([failed("FLOW-01", grammar, run), failed("FLOW-03/timestamps", unit, run)])).toEqual({
      [code]: ["FLOW-01"],
      TIMESTAMPS_WRONG: ["FLOW-03/timestamps"],
    });
  });

  test("whose times are wrong says nothing of an answer that is not stored", () => {
    const older = { code: "E2E_TIMESTAMP", message: "timestamps of the agent run are wrong: …", service: null };
    const unstored = { code: "E2E_READ_BACK", message: "the thread of the run has no message of …", service: null };
    expect(causesOf([failed("FLOW-03/timestamps", older), failed("FLOW-11/answer", unstored)])).toEqual({
      TIMESTAMPS_WRONG: ["FLOW-03/timestamps"],
      RUN_NOT_STORED: ["FLOW-11/answer"],
    });
  });

  test("that goes wrong alone and beside another has one cause, told by the cases where frames do not show it", () => {
    const late = { ...grammar, message: "the agent run does not end once: after agent_completed: agent_thinking" };
    const beside = { ...grammar, message: "agent runs beside each other …: after agent_completed: agent_thinking" };
    expect(causesOf([failed("FLOW-02/one-end", late), failed("FLOW-06/interleaved", beside)])).toEqual({
      EVENTS_AFTER_THE_END: ["FLOW-02/one-end", "FLOW-06/interleaved"],
    });
    expect(causesOf([failed("FLOW-06/interleaved", beside)])).toEqual({ RUNS_MIX: ["FLOW-06/interleaved"] });
  });

  test("whose events come twice also ends twice, where the next run on its socket hides its frames", () => {
    const twice = WHOLE.flatMap((name) => [name, name]);
    const message = `the agent run does not end once: ends with agent_completed and agent_completed; received [${twice.join(", ")}]`;
    expect(
      causesOf([
        failed("FLOW-01", grammar, agentRun(...twice)),
        failed("FLOW-02/one-end", { ...grammar, code: "E2E_RUN_END", message }),
      ]),
    ).toEqual({ EVENTS_DOUBLED: ["FLOW-01", "FLOW-02/one-end"] });
  });

  test("that a close cuts off is no event of another user", () => {
    const cut = {
      ...backend,
      code: "E2E_SOCKET_CLOSED",
      message:
        '/ws was closed with 1000 "main cleanup"; received [connect]; the run on thread-1 had [agent_started, agent_thinking]',
    };
    const closed = createUpgrade("/ws", 101, {
      frames: [
        { name: "connect" },
        { direction: "sent", name: "user_message" },
        { name: "agent_started" },
        { name: "agent_thinking" },
        { kind: "close", closeCode: 1000, closeReason: "main cleanup" },
      ],
    });
    // Another socket of the path lived longer: it is not the first message that kills it.
    const other = createUpgrade("/ws", 101, {
      frames: [{ name: "connect" }, { direction: "sent", name: "ping" }, { direction: "sent", name: "ping" }],
    });
    const scenes = [
      failed("FLOW-10", cut, closed),
      failed("FLOW-06/interleaved", cut, closed),
      failed("CONC-02", cut, closed),
      passed("CONN-01", welcomed()),
      passed("CONN-04/own-user", welcomed()),
      passed("CONN-06", other),
    ];
    expect(causesOf(scenes)).toEqual({
      RUN_CLOSED_IN_THE_MIDDLE: ["FLOW-10", "FLOW-06/interleaved", "CONC-02"],
    });
  });

  test("that goes wrong only beside others says so", () => {
    const [finding] = findingsOf([
      passed("FLOW-01", agentRun(...WHOLE)),
      failed("CONC-02", grammar, agentRun(...without("agent_thinking"))),
    ]);
    expect(finding?.title).toBe("agent runs lack agent_thinking, only while several users' agents run");
  });

  test("whose events carry other ids is there, and not recognised", () => {
    expect(causesOf([failed("FLOW-01", noCompletion, agentRun(...WHOLE))])).toEqual({
      RUN_IDENTITY_WRONG: ["FLOW-01"],
    });
  });

  test("that is answered with an error frame", () => {
    const failure = {
      ...backend,
      code: "E2E_AGENT_FAILED",
      message:
        "/ws answered a request for an agent run with error AGENT_REQUEST_ERROR: name 'user_request' is not defined",
    };
    expect(causesOf([failed("FLOW-05/agent-request", failure, agentRun("error_message"))])).toEqual({
      AGENT_REQUEST_FAILS: ["FLOW-05/agent-request"],
    });
  });

  test("that ends in agent_error", () => {
    const failure = {
      ...backend,
      code: "E2E_AGENT_FAILED",
      message: "the run ended with agent_error: Error: the model call failed",
    };
    expect(causesOf([failed("FLOW-01", failure, agentRun("agent_started", "agent_error"))])).toEqual({
      RUNS_END_IN_FAILURE: ["FLOW-01"],
    });
  });

  test.for([
    [1000, "RUN_CLOSED_IN_THE_MIDDLE"],
    [1011, "SOCKET_DIES_WHILE_SENDING"],
  ] as const)("whose connection is closed with %i", ([closeCode, code]) => {
    const cut = createUpgrade("/ws", 101, {
      frames: [
        { name: "connect" },
        { direction: "sent", name: "user_message" },
        { name: "agent_started" },
        { kind: "close", closeCode, closeReason: "" },
      ],
    });
    const failure = {
      ...backend,
      code: "E2E_SOCKET_CLOSED",
      message: `/ws was closed with ${closeCode} ""; received [connect]`,
    };
    // Another socket of the path lived longer: it is not the first message that kills it.
    const other = createUpgrade("/ws", 101, {
      frames: [{ name: "connect" }, { direction: "sent", name: "ping" }, { direction: "sent", name: "ping" }],
    });
    expect(causesOf([failed("FLOW-01", failure, cut), passed("CONN-06", other)])).toEqual({ [code]: ["FLOW-01"] });
  });
});
