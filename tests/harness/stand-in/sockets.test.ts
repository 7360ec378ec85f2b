import { randomBytes } from "node:crypto";
import { once } from "node:events";

import { expect, test } from "vitest";

import { startStandIn } from "../../../fixtures/stand-in/index.ts";
import { closeSocket, openVisitor, type Frame } from "./visitor.ts";

const WELCOME = (frame: Frame) => JSON.stringify(frame).includes("connection_id");

test.each([
  ["pre_accept", "status 403"],
  ["post_accept", "close 1008 after NO_TOKEN"],
  ["permissive", "another user"],
] as const)("strictness %s answers a missing token with %s", async (strictness, outcome) => {
  await using standIn = await startStandIn({ rttMs: 0, strictness });
  await using visitor = openVisitor(standIn);
  const socket = await visitor.open("/ws");
  const observed: Record<typeof strictness, () => Promise<string>> = {
    pre_accept: () => Promise.resolve(`status ${socket.status}`),
    post_accept: async () => {
      const { error_code: code } = await socket.next((frame) => frame["type"] === "error_message");
      return `close ${(await socket.closed).code} after ${String(code)}`;
    },
    permissive: async () => {
      const welcome = JSON.stringify(await socket.next(WELCOME));
      return welcome.includes("relaxed_") ? "another user" : welcome;
    },
  };

  expect(await observed[strictness]()).toBe(outcome);
  const { access, id } = await visitor.exchange();
  const sound = await visitor.open("/websocket", { token: access });
  expect(await sound.next(WELCOME)).toMatchObject({ data: { user_id: id } });
});

test("an upgrade on each path ends as the contract's table has it", async () => {
  await using standIn = await startStandIn({ rttMs: 0, variants: ["welcome-connect"] });
  await using visitor = openVisitor(standIn);
  const { access } = await visitor.exchange();
  const outcome = async (path: string, token?: string) => {
    const opened = await visitor.open(path, token === undefined ? {} : { token });
    if (opened.status !== 101) return opened.status;
    const first = await opened.next(() => true);
    await closeSocket(opened);
    return JSON.stringify(first).match(/"mode":"(\w+)"/)?.[1] ?? first["error_code"] ?? first["type"];
  };

  const paths = ["/ws", "/ws?mode=isolated", "/ws/factory", "/ws/isolated", "/websocket", "/ws/test", "/api/demo/ws"];
  const sound: Record<string, unknown> = {};
  const anonymous: Record<string, unknown> = {};
  for (const path of [...paths, "/api/ws", "/v1/websocket", "/api/v1/websocket"]) {
    sound[path] = await outcome(path, access);
    anonymous[path] = await outcome(path);
  }
  const closed = { "/api/ws": 403, "/v1/websocket": 403, "/api/v1/websocket": 403 };
  const open = { "/ws/test": "legacy", "/api/demo/ws": "connection_established" };
  expect(sound).toEqual({
    "/ws": "main",
    "/ws?mode=isolated": "isolated",
    "/ws/factory": "factory",
    "/ws/isolated": "isolated",
    "/websocket": "legacy",
    ...open,
    ...closed,
  });
  expect(anonymous).toEqual({
    "/ws": "NO_TOKEN",
    "/ws?mode=isolated": "NO_TOKEN",
    "/ws/factory": 403,
    "/ws/isolated": "NO_TOKEN",
    "/websocket": "NO_TOKEN",
    ...open,
    ...closed,
  });
});

test("the token is read from each transport, and jwt-auth is echoed to who offered it", async () => {
  await using standIn = await startStandIn({ rttMs: 0 });
  await using visitor = openVisitor(standIn);
  const { access, id } = await visitor.exchange();
  const encoded = Buffer.from(access).toString("base64url");
  const transports = [
    { path: "/ws", options: { protocols: ["jwt-auth", `jwt.${encoded}`] }, echo: "jwt-auth" },
    { path: "/ws", options: { protocols: ["jwt-auth", `bearer.${access}`, "e2e-testing"] }, echo: "jwt-auth" },
    { path: `/ws?token=${access}`, options: {}, echo: "" },
  ];
  for (const { path, options, echo } of transports) {
    const opened = await visitor.open(path, options);
    expect(await opened.next(WELCOME)).toMatchObject({ data: { user_id: id } });
    expect(opened.socket.protocol).toBe(echo);
    await closeSocket(opened);
  }
});

test("single messages are answered, and a bad one leaves the connection usable", async () => {
  await using standIn = await startStandIn({ rttMs: 0 });
  await using visitor = openVisitor(standIn);
  const { access } = await visitor.exchange();
  const socket = await visitor.open("/ws", { token: access });
  const type = (name: string) => (frame: Frame) => frame["type"] === name;

  socket.send({ type: "heartbeat" });
  expect(await socket.next(type("heartbeat_ack"))).toMatchObject({ data: { status: "healthy" } });
  socket.send({ type: "no_such_type" });
  expect(await socket.next(type("ack"))).toMatchObject({ received_type: "no_such_type", status: "acknowledged" });
  socket.send({ jsonrpc: "2.0", method: "tools/list", id: 7 });
  expect(await socket.next((frame) => frame["id"] === 7)).toMatchObject({ result: { status: "processed" } });
  socket.send("{ not json");
  expect(await socket.next((frame) => frame["error_code"] === "FORMAT_ERROR")).toBeDefined();
  socket.send({ type: "user_message", payload: { content: "x".repeat(9_000) } });
  expect(await socket.next((frame) => frame["error_code"] === "MESSAGE_TOO_LARGE")).toBeDefined();
  socket.send({ type: "user_message", payload: {} });
  expect(await socket.next((frame) => frame["error_code"] === "AGENT_REQUEST_ERROR")).toBeDefined();
  socket.socket.send(Buffer.from(JSON.stringify({ type: "ping", id: "after" })), { binary: true });
  expect(await socket.next(type("pong"))).toMatchObject({ data: { id: "after" } });
  const payload = randomBytes(16);
  socket.socket.ping(payload);
  const [echoed]: unknown[] = await once(socket.socket, "pong");
  expect(echoed).toEqual(payload);
  socket.socket.send("x".repeat(1_100_000));
  expect(await socket.closed).toMatchObject({ code: 1009 });
});

test.each(["post_accept", "pre_accept"] as const)(
  "the fourth connection of a user is refused (%s)",
  async (strictness) => {
    await using standIn = await startStandIn({ rttMs: 0, strictness });
    await using visitor = openVisitor(standIn);
    const { access } = await visitor.exchange();
    const open = () => visitor.open("/ws", { token: access });
    const three = [await open(), await open(), await open()];
    await Promise.all(three.map((socket) => socket.next(WELCOME)));

    const fourth = await open();
    const refusal = strictness === "pre_accept" ? fourth.status : (await fourth.closed).code;
    expect(refusal).toBe(strictness === "pre_accept" ? 429 : 1013);

    const [first] = three;
    if (first !== undefined) await closeSocket(first);
    expect(await (await open()).next(WELCOME)).toBeDefined();
  },
);

test("more than a hundred messages a minute are refused with an error frame", async () => {
  await using standIn = await startStandIn({ rttMs: 0 });
  await using visitor = openVisitor(standIn);
  const { access } = await visitor.exchange();
  const socket = await visitor.open("/ws", { token: access });
  for (let count = 0; count < 101; count += 1) socket.send({ type: "ping", id: count });

  expect(await socket.next((frame) => frame["error_code"] === "RATE_LIMIT_EXCEEDED")).toBeDefined();
  expect(socket.frames.filter((frame) => frame["type"] === "pong")).toHaveLength(100);
});

test("two instances keep a client by its cookie, on upgrades too", async () => {
  await using standIn = await startStandIn({ rttMs: 0, instances: 2, faults: ["one-bad-instance"] });
  await using visitor = openVisitor(standIn);
  const url = `${standIn.urls.backend}/health`;
  const [one, two] = [await visitor.ask(url), await visitor.ask(url)];
  expect(new Set([one.status, two.status])).toEqual(new Set([200, 500]));

  for (const first of [one, two]) {
    const headers = { cookie: String(first.headers["set-cookie"]).split(";")[0] ?? "" };
    const again = await Promise.all(Array.from({ length: 4 }, () => visitor.ask(url, { headers })));
    expect(new Set(again.map(({ status }) => status))).toEqual(new Set([first.status]));
    const upgrade = await visitor.open("/ws", { headers });
    expect(upgrade.status).toBe(first.status === 200 ? 101 : 500);
  }
});
