import { describe, expect, test } from "vitest";
import { AgentRun, createThreadId, ownerOf } from "../../../fixtures/client/agent-run.ts";
import { StagingError } from "../../../fixtures/contract/errors.ts";
import { readAgentEvent, type AgentEvent } from "../../../fixtures/contract/agent-events.ts";

const USER = "e2e-a0000000";
let serial = 0;

function createRun(threadId = createThreadId()): AgentRun {
  return new AgentRun("backend", threadId, "count to three");
}

function createId(): string {
  serial += 1;
  return `run_${serial}`;
}

function event(frame: Readonly<Record<string, unknown>>): AgentEvent {
  const read = readAgentEvent(frame);
  if (read === undefined) throw new TypeError("no agent event");
  return read;
}

/** Hands frames to the runs as a socket does; resolves to the strays. */
function deliver(
  runs: readonly AgentRun[],
  frames: readonly Readonly<Record<string, unknown>>[],
): readonly AgentEvent[] {
  const strays: AgentEvent[] = [];
  for (const frame of frames) {
    const read = event(frame);
    const owner = ownerOf(read, { runs, strays, userId: USER });
    if (owner === undefined) strays.push(read);
    else owner.accept(read);
  }
  return strays;
}

const bridge = (type: string, runId: string, rest = {}): Record<string, unknown> => ({
  type,
  run_id: runId,
  user_id: USER,
  payload: {},
  ...rest,
});
const handler = (name: string, turnId: string | null): Record<string, unknown> => ({
  type: name === "agent_started" ? "system_message" : "agent_progress",
  data: { event: name, user_id: USER, turn_id: turnId },
});
const flat = (type: string, threadId: string): Record<string, unknown> => ({ type, event: type, thread_id: threadId });

describe("interleaved runs on one socket are told apart", () => {
  test("by the order of their beginnings, then by run id, where nothing names the thread", () => {
    const [first, second] = [createRun(), createRun()];
    const [a, b] = [createId(), createId()];

    const strays = deliver(
      [first, second],
      [
        bridge("agent_started", a),
        bridge("agent_started", b),
        bridge("agent_thinking", b),
        bridge("agent_completed", a),
      ],
    );

    expect(first.eventNames).toEqual(["agent_started", "agent_completed"]);
    expect(second.eventNames).toEqual(["agent_started", "agent_thinking"]);
    expect(strays).toEqual([]);
  });

  test("by the turn, where the envelope carries nothing else", () => {
    const [first, second] = [createRun(), createRun()];

    deliver([first, second], [handler("agent_started", second.turnId), handler("agent_started", first.turnId)]);
    deliver([first, second], [handler("agent_thinking", first.turnId)]);

    expect(first.eventNames).toEqual(["agent_started", "agent_thinking"]);
    expect(second.eventNames).toEqual(["agent_started"]);
  });

  test("by the thread, where the envelope has no run id", () => {
    const [first, second] = [createRun(), createRun()];

    deliver([first, second], [flat("agent_started", second.threadId), flat("agent_started", first.threadId)]);

    expect(first.eventNames).toEqual(["agent_started"]);
    expect(second.eventNames).toEqual(["agent_started"]);
  });
});

describe("one after the other on one thread", () => {
  test("the second run gets its own events", () => {
    const threadId = createThreadId();
    const [first, second] = [createRun(threadId), createRun(threadId)];
    deliver([first], [flat("agent_started", threadId), flat("agent_completed", threadId)]);

    deliver([first, second], [flat("agent_started", threadId), flat("agent_completed", threadId)]);

    expect(second.eventNames).toEqual(["agent_started", "agent_completed"]);
    expect(first.eventNames).toHaveLength(2);
  });

  test("a late event of the first run is the first run's", () => {
    const [first, second] = [createRun(), createRun()];
    const [a, b] = [createId(), createId()];
    deliver([first], [bridge("agent_started", a), bridge("agent_completed", a)]);

    deliver([first, second], [bridge("agent_started", b), bridge("agent_thinking", a)]);

    expect(first.eventNames).toEqual(["agent_started", "agent_completed", "agent_thinking"]);
    expect(second.eventNames).toEqual(["agent_started"]);
  });

  test("a run id that an earlier run had is noticed", () => {
    const [first, second] = [createRun(), createRun()];
    const id = createId();

    deliver([first], [bridge("agent_started", id), bridge("agent_completed", id)]);
    deliver([first, second], [bridge("agent_started", id)]);

    expect(second.namesake).toBe(first);
    expect(first.namesake).toBeUndefined();
  });
});

describe("a broken run is told from silence", () => {
  test("without its beginning", () => {
    const run = createRun();

    deliver([run], [bridge("agent_thinking", createId())]);

    expect(run.eventNames).toEqual(["agent_thinking"]);
  });

  test("that goes on under another id", () => {
    const run = createRun();
    const id = createId();

    deliver([run], [bridge("agent_started", id), bridge("agent_completed", `${id}_b`)]);

    expect(run.isOver).toBe(true);
  });

  test("whose events have no id at all", () => {
    const run = createRun();

    deliver([run], [handler("agent_started", null), handler("agent_thinking", null)]);

    expect(run.eventNames).toEqual(["agent_started", "agent_thinking"]);
  });
});

describe("an event is a stray", () => {
  test("where no run was asked for", () => {
    expect(deliver([], [bridge("agent_started", createId())])).toHaveLength(1);
  });

  test("of another user, although a run is waiting", () => {
    const run = createRun();

    const strays = deliver([run], [bridge("agent_thinking", createId(), { user_id: "e2e-b0000000" })]);

    expect(strays).toHaveLength(1);
    expect(run.events).toEqual([]);
  });

  test("of another case's thread, and all that follows under its id", () => {
    const run = createRun();
    const id = createId();
    const context = { payload: { context: { thread_id: createThreadId() } } };

    const strays = deliver([run], [bridge("agent_started", id, context), bridge("agent_thinking", id)]);

    expect(strays).toHaveLength(2);
  });

  test("of a run that another connection asked for", () => {
    const [elsewhere, here] = [createRun(), createRun()];
    const id = createId();
    deliver([elsewhere], [bridge("agent_started", id)]);

    expect(deliver([here], [bridge("tool_executing", id)])).toHaveLength(1);
  });
});

test("a run cut short tells the events it had", async () => {
  const run = createRun();
  deliver([run], [bridge("agent_started", createId())]);

  run.end(() => new StagingError("E2E_SOCKET_CLOSED", { happened: "closed with 1011", expected: "-", next: "-" }));

  await expect(run.completed()).rejects.toMatchObject({
    code: "E2E_SOCKET_CLOSED",
    happened: expect.stringContaining("had [agent_started]"),
  });
});
