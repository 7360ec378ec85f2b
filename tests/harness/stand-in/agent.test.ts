import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { startStandIn } from "../../../fixtures/stand-in/index.ts";
import { openVisitor, type Frame } from "./visitor.ts";

const EVENTS = ["agent_started", "agent_thinking", "tool_executing", "tool_completed", "agent_completed"];

function nameOf(frame: Frame): string {
  const text = JSON.stringify(frame);
  return /"event":"(\w+)"/.exec(text)?.[1] ?? String(frame["type"]);
}

const agentEvents = (frames: readonly Frame[]) => frames.map(nameOf).filter((name) => EVENTS.includes(name));

test.each(["s1", "s2", "s3", "s4"])("a run has its five events in envelope %s and can be read back", async (shape) => {
  await using standIn = await startStandIn({ rttMs: 0, agentGapMs: 5, variants: [`envelope-${shape}`] });
  await using visitor = openVisitor(standIn);
  const { access } = await visitor.exchange();
  const other = await visitor.exchange();
  const socket = await visitor.open("/ws", { token: access });
  const bystander = await visitor.open("/ws", { token: other.access });
  const [threadId, nonce] = [randomUUID(), randomUUID()];

  socket.send({
    type: "user_message",
    payload: { content: `use a tool to count to three ${nonce}`, thread_id: threadId },
  });
  const last = await socket.next((frame) => nameOf(frame) === "agent_completed");

  expect(agentEvents(socket.frames)).toEqual(EVENTS);
  expect(JSON.stringify(last)).toContain(nonce);
  const url = `${standIn.urls.backend}/api/threads/${threadId}/messages`;
  const { body } = await visitor.ask(url, { token: access });
  expect(body).toMatchObject({ total: 2, messages: [{ role: "user" }, { role: "assistant" }] });
  expect(await visitor.ask(url, { token: other.access })).toMatchObject({ status: 404 });
  bystander.send({ type: "ping" });
  await bystander.next((frame) => frame["type"] === "pong");
  expect(agentEvents(bystander.frames)).toEqual([]);
});

test("each message type leads to a run, and a request without need of a tool uses none", async () => {
  await using standIn = await startStandIn({ rttMs: 0, agentGapMs: 0 });
  await using visitor = openVisitor(standIn);
  const { access } = await visitor.exchange();
  const socket = await visitor.open("/ws", { token: access });
  const fields = {
    user_message: "content",
    message: "content",
    user: "text",
    chat: "message",
    start_agent: "user_request",
    execute_agent: "user_request",
    agent_request: "message",
    agent: "user_request",
  };
  for (const [type, field] of Object.entries(fields)) {
    const runId = `run-${type}`;
    socket.send({ type, [field]: "hello there", run_id: runId });
    await socket.next((frame) => frame["run_id"] === runId && frame["type"] === "agent_completed");
    const mine = socket.frames.filter((frame) => frame["run_id"] === runId);
    expect(agentEvents(mine)).toEqual(["agent_started", "agent_thinking", "agent_completed"]);
  }
});

test("two runs on one socket interleave without mixing", async () => {
  await using standIn = await startStandIn({ rttMs: 0, agentGapMs: 20 });
  await using visitor = openVisitor(standIn);
  const { access } = await visitor.exchange();
  const socket = await visitor.open("/ws", { token: access });

  for (const run_id of ["run-a", "run-b"]) socket.send({ type: "chat", message: `count for ${run_id}`, run_id });
  const ends = await Promise.all(
    ["run-a", "run-b"].map((id) => socket.next((f) => f["run_id"] === id && f["type"] === "agent_completed")),
  );

  expect(ends.map((end) => JSON.stringify(end))).toEqual([
    expect.stringContaining("run-a"),
    expect.stringContaining("run-b"),
  ]);
  const order = socket.frames.filter((frame) => "run_id" in frame).map((frame) => frame["run_id"]);
  expect(order.indexOf("run-b")).toBeLessThan(order.lastIndexOf("run-a"));
  for (const id of ["run-a", "run-b"]) {
    expect(agentEvents(socket.frames.filter((frame) => frame["run_id"] === id))).toEqual(EVENTS);
  }
});

test("a run whose client left is finished and stored, and nothing is replayed", async () => {
  await using standIn = await startStandIn({ rttMs: 0, agentGapMs: 30 });
  await using visitor = openVisitor(standIn);
  const { access } = await visitor.exchange();
  const threadId = randomUUID();
  const leaving = await visitor.open("/ws", { token: access });
  leaving.send({ type: "chat", message: "count to two", thread_id: threadId, run_id: "run-left" });
  await leaving.next((frame) => frame["type"] === "agent_started");
  leaving.socket.terminate();

  const back = await visitor.open("/ws", { token: access });
  await back.next((frame) => frame["run_id"] === "run-left" && frame["type"] === "agent_completed");

  expect(agentEvents(back.frames)).not.toContain("agent_started");
  const { body } = await visitor.ask(`${standIn.urls.backend}/api/threads/${threadId}/messages`, { token: access });
  expect(body).toMatchObject({ total: 2 });
});
