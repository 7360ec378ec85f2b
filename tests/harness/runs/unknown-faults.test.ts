import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { startStandIn, type StandIn } from "../../../fixtures/stand-in/index.ts";
import { runSuite, stagingVariables, type SuiteRunResult } from "../../../scripts/suite-process.ts";
import { closeFrame, OPCODES, relayStandIn, textFrame, type Rewriting } from "./rewriting-relay.ts";

/** Faults that no table names: a relay before a sound stand-in changes one thing on its way. */
let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn({ rttMs: 0, agentGapMs: 20 });
}, 60_000);
afterAll(() => standIn.stop());

async function runThrough(rewriting: Rewriting, args: readonly string[]): Promise<SuiteRunResult> {
  await using relayed = await relayStandIn(standIn, rewriting);
  using variables = stagingVariables(relayed.standIn);
  return await runSuite({ args, env: { ...variables.env, STAGING_CHROMIUM: "none" } });
}

const objectSchema = z.record(z.string(), z.unknown());
type Fields = z.infer<typeof objectSchema>;

const fieldsOf = (value: unknown): Fields => objectSchema.safeParse(value).data ?? {};
const sent = (fields: Fields) => textFrame(JSON.stringify(fields));

/** Frames of one type become others. */
function onFrames(type: string, change: (frame: Fields) => ReturnType<NonNullable<Rewriting["text"]>>): Rewriting {
  return {
    text: (text) => {
      const frame = fieldsOf(JSON.parse(text));
      return frame["type"] === type ? change(frame) : [textFrame(text)];
    },
  };
}

/** Fields of a path's 200 answers are replaced. */
function onBody(path: string, fields: Fields): Rewriting {
  return {
    answer: (answer) =>
      answer.path === path && answer.status === 200
        ? { body: JSON.stringify({ ...fieldsOf(JSON.parse(answer.body)), ...fields }) }
        : {},
  };
}

const HEALTH = ["tests/health/services.test.ts"];
const TOKENS = ["tests/auth/tokens.test.ts", "-t", "an exchanged token|the same token is accepted"];
const RUNS = ["tests/event-flow/agent-run.test.ts"];
const MESSAGES = ["tests/websocket-connect/messages.test.ts"];

test("the relay alone changes nothing that a case sees", { timeout: 120_000 }, async () => {
  const { exitCode, output } = await runThrough({}, ["--project", "websocket-connect", "--project", "event-flow"]);

  expect(exitCode, output).toBe(0);
});

describe("an invention that no table knows turns cases red, and a finding shows what was received:", () => {
  test.for<{ what: string; rewriting: Rewriting; args: readonly string[]; code: string; received: string }>([
    {
      what: "a version that is a number",
      rewriting: onBody("/health", { version: 3 }),
      args: HEALTH,
      code: "UNKNOWN",
      received: "version: Invalid input: expected string, received number, got 3",
    },
    {
      what: "a life of a token that is a text",
      rewriting: onBody("/auth/e2e/test-auth", { expires_in: "900" }),
      args: TOKENS,
      code: "UNKNOWN",
      received: 'expected number, received string, got "900"',
    },
    {
      what: "a verdict on a token that is a text",
      rewriting: onBody("/auth/verify", { valid: "true" }),
      args: ["tests/auth/tokens.test.ts", "-t", "names the user of a fresh token|the same token is accepted"],
      code: "VERIFICATION_WRONG",
      received: 'expected true, got "true"',
    },
    {
      what: "a status that no contract has",
      rewriting: { answer: ({ path }) => (path === "/api/threads" ? { status: 418, body: '{"detail":"teapot"}' } : {}) },
      args: TOKENS,
      code: "UNKNOWN",
      received: "answered 418",
    },
    {
      what: "a list of threads that is a text",
      rewriting: {
        answer: ({ path, status }) => (path === "/api/threads" && status === 200 ? { body: '"none"' } : {}),
      },
      args: TOKENS,
      code: "UNKNOWN",
      received: 'got "none"',
    },
    {
      what: "an unknown event in the middle of a run",
      rewriting: onFrames("agent_thinking", (frame) => [sent(frame), sent({ ...frame, type: "agent_daydreaming" })]),
      args: RUNS,
      code: "UNKNOWN",
      received: "unknown event agent_daydreaming",
    },
    {
      what: "a new close code in the middle of a run",
      rewriting: onFrames("agent_thinking", (frame) => [sent(frame), closeFrame(4999, "zorp field collapsed")]),
      args: RUNS,
      code: "UNKNOWN",
      received: 'closed with 4999 "zorp field collapsed"',
    },
    {
      what: "a tool whose name is a number",
      rewriting: onFrames("tool_executing", (frame) => [
        sent({ ...frame, payload: { ...fieldsOf(frame["payload"]), tool_name: 42 } }),
      ]),
      args: [...RUNS, "-t", "says what it thinks"],
      code: "UNKNOWN",
      received: "tool_executing.tool_name: expected string, received number 42",
    },
    {
      what: "a page in the middle of a run",
      rewriting: onFrames("agent_thinking", (frame) => [sent(frame), textFrame("<html>busy</html>")]),
      args: RUNS,
      code: "UNKNOWN",
      received: "<html>busy</html>",
    },
    {
      what: "events in binary frames",
      rewriting: onFrames("agent_started", (frame) => [
        { opcode: OPCODES.binary, payload: Buffer.from(JSON.stringify(frame)) },
      ]),
      args: RUNS,
      code: "UNKNOWN",
      received: "(binary)",
    },
    {
      what: "a new close code in place of the welcome",
      rewriting: onFrames("system_message", () => [closeFrame(4999, "zorp field collapsed")]),
      args: MESSAGES,
      code: "UNKNOWN",
      received: 'closed with 4999 "zorp field collapsed"',
    },
    {
      what: "a welcome that names a list of users",
      rewriting: onFrames("system_message", (frame) => {
        const data = fieldsOf(frame["data"]);
        return [sent({ ...frame, data: { ...data, user_id: [data["user_id"]] } })];
      }),
      args: MESSAGES,
      code: "WELCOME_WRONG",
      received: "data.user_id: Invalid input: expected string, received array",
    },
    {
      what: "a pong under another name",
      rewriting: onFrames("pong", (frame) => [sent({ ...frame, type: "pnog" })]),
      args: MESSAGES,
      code: "PONG_MISSING",
      received: "pnog",
    },
  ])("$what", { timeout: 120_000 }, async ({ rewriting, args, code, received }) => {
    const { exitCode, record, output } = await runThrough(rewriting, args);

    expect(exitCode, output).toBe(1);
    const [first] = record?.findings ?? [];
    expect(first, output).toMatchObject({ code });
    expect(first?.happened).toContain(received);
    expect(record?.totals.rejected).toBe(0);
  });
});
