import { describe, expect, test } from "vitest";
import { contentViolations } from "../../../fixtures/contract/agent-content.ts";
import { readAgentEvent, type AgentEvent } from "../../../fixtures/contract/agent-events.ts";
import { grammarViolations } from "../../../fixtures/contract/agent-grammar.ts";
import { runIdViolations, timestampViolations } from "../../../fixtures/contract/agent-identity.ts";

const NOON_MS = Date.parse("2026-11-21T12:00:00Z");
const BOUNDS = { fromMs: NOON_MS - 3_000, untilMs: NOON_MS + 3_000 };

function read(frame: Readonly<Record<string, unknown>>): AgentEvent {
  const event = readAgentEvent(frame);
  if (event === undefined) throw new TypeError("no agent event");
  return event;
}

describe("the name of an agent event", () => {
  test.for([
    ["bridge", { type: "agent_thinking", run_id: "r", payload: { reasoning: "…" } }, "agent_thinking"],
    ["emitter", { type: "agent_thinking", data: { thought: "…", type: "reasoning" } }, "agent_thinking"],
    ["request-handler", { type: "agent_progress", data: { event: "tool_executing" } }, "tool_executing"],
    ["request-handler", { type: "error", data: { event: "agent_error", error_message: "no" } }, "agent_error"],
    ["request-handler", { type: "agent_progress", data: { event: "agent_pondering" } }, "agent_pondering"],
    ["flat", { type: "agent_completed", event: "agent_completed", final_response: "3" }, "agent_completed"],
    ["bridge", { type: "agent_pondering", run_id: "r", payload: {} }, "agent_pondering"],
  ] as const)("in the %s envelope", ([envelope, frame, name]) => {
    expect(read(frame)).toMatchObject({ envelope, name });
  });

  test.for([
    { type: "pong", data: {} },
    { type: "system_message", data: { event: "connection_established", connection_id: "c" } },
    { type: "error_message", error_code: "AGENT_ERROR", run_id: "r" },
    { type: "potato" },
  ])("is not seen in $type", (frame) => {
    expect(readAgentEvent(frame)).toBeUndefined();
  });
});

describe("timestamps", () => {
  const at = (timestamp: unknown, afterMs = 0) => ({
    ...read({ type: "agent_thinking", run_id: "r", timestamp, payload: {} }),
    afterMs,
  });

  test.for([
    ["seconds", NOON_MS / 1000],
    ["ISO 8601 with an offset", "2026-11-21T12:00:00.000+00:00"],
    ["ISO 8601 without a zone", "2026-11-21T12:00:00.000000"],
  ] as const)("in %s are understood", ([, timestamp]) => {
    expect(timestampViolations([at(timestamp)], BOUNDS)).toEqual([]);
  });

  test.for([
    ["milliseconds for seconds", NOON_MS, /milliseconds where seconds were meant/],
    ["seconds for milliseconds", new Date(NOON_MS / 1000).toISOString(), /seconds where milliseconds were meant/],
    ["no time", "noon", /is no time/],
    ["none", undefined, /has no timestamp/],
  ] as const)("that are %s are named so", ([, timestamp, said]) => {
    expect(timestampViolations([at(timestamp)], BOUNDS).join()).toMatch(said);
  });

  test("that go back are named so", () => {
    const events = [at(NOON_MS / 1000), at(NOON_MS / 1000 - 1)];

    expect(timestampViolations(events, BOUNDS)).toEqual(["agent_thinking is 1000 ms older than the event before it"]);
  });

  test("that stand still while events keep coming are named so", () => {
    const events = [0, 200, 400].map((afterMs) => at(NOON_MS / 1000 + 0.5, afterMs));

    expect(timestampViolations(events, BOUNDS).join()).toMatch(/^all 3 events are of .*, and came over 400 ms$/);
  });

  test("in whole seconds may be the same for events of one second", () => {
    const events = [0, 200, 400].map((afterMs) => at(NOON_MS / 1000, afterMs));

    expect(timestampViolations(events, BOUNDS)).toEqual([]);
  });
});

describe("content", () => {
  const completed = (result: unknown): AgentEvent =>
    read({ type: "agent_completed", run_id: "r", payload: { result } });

  test.for([["text"], [{ value: 0 }], [["item"]], ["the word error may stand in an answer"]])(
    "%j is some",
    ([result]) => {
      expect(contentViolations([completed(result)])).toEqual([]);
    },
  );

  test.for([[""], [null], [{}], [[]], ["  "], [{ response: "", thread_id: "t" }]])("%j is none", ([result]) => {
    expect(contentViolations([completed(result)])).toEqual(["agent_completed has no result"]);
  });

  test.for([["Error: no model"], [{ error: "no model" }], [{ response: "Traceback (most recent call last)" }]])(
    "%j is an error",
    ([result]) => {
      expect(contentViolations([completed(result)]).join()).toMatch(/^agent_completed carries an error/);
    },
  );
});

describe("the types of an event's fields", () => {
  test.for([
    ["tool_name", 42, "tool_executing.tool_name: expected string, received number 42"],
    ["execution_time_ms", "fast", 'tool_executing.execution_time_ms: expected number, received string "fast"'],
    ["user_id", ["u"], 'tool_executing.user_id: expected string, received array ["u"]'],
  ] as const)("%s is not %j", ([field, value, said]) => {
    const event = read({ type: "tool_executing", run_id: "r", payload: { tool_name: "counter", [field]: value } });

    expect(contentViolations([event])).toContain(said);
  });

  test("are not judged where a field is null or missing", () => {
    const event = read({
      type: "tool_executing",
      run_id: null,
      payload: { tool_name: "counter", execution_time_ms: null },
    });

    expect(contentViolations([event])).toEqual([]);
  });
});

describe("the grammar", () => {
  const run = (...names: readonly string[]): AgentEvent[] =>
    names.map((type, index) => read({ type, run_id: "r", timestamp: index, payload: { tool_name: "counter" } }));
  const [STARTED, THINKING, EXECUTING, ENDED, COMPLETED] = [
    "agent_started",
    "agent_thinking",
    "tool_executing",
    "tool_completed",
    "agent_completed",
  ] as const;

  test("holds for two tools under way at once", () => {
    const events = run(STARTED, THINKING, EXECUTING, EXECUTING, ENDED, ENDED, COMPLETED);

    expect(grammarViolations(events)).toEqual([]);
  });

  test("is left by an event that comes twice, to the letter", () => {
    const [started, thinking, executing, ended, completed] = run(STARTED, THINKING, EXECUTING, ENDED, COMPLETED);
    const events = [started, thinking, thinking, executing, executing, ended, ended, completed].filter(
      (event) => event !== undefined,
    );

    expect(grammarViolations(events).join()).toMatch(/tool_executing twice, the same to the letter/);
  });

  test.for([
    ["no beginning", [THINKING, COMPLETED], /begins with agent_thinking/],
    ["no end", [STARTED, THINKING], /ends with nothing/],
    ["two ends", [STARTED, THINKING, COMPLETED, "agent_error"], /ends with agent_completed and agent_error/],
    ["something after the end", [STARTED, THINKING, COMPLETED, THINKING], /after agent_completed: agent_thinking/],
    ["a tool that does not end", [STARTED, THINKING, EXECUTING, COMPLETED], /without its tool_completed/],
    ["an unknown event", [STARTED, THINKING, "agent_pondering", COMPLETED], /unknown event agent_pondering/],
  ] as const)("is left by %s", ([, names, said]) => {
    expect(grammarViolations(run(...names)).join()).toMatch(said);
  });
});

test("an event that nothing ties to its run is named", () => {
  expect(runIdViolations([read({ type: "agent_started", data: {} })])).toEqual([
    "agent_started has no run id, no turn id and no thread id",
  ]);
});
