import {
  BOUNDS,
  createUnknownMessage,
  describeBypass,
  discoverySchema,
  LIMITS,
  mcpConfigurationSchema,
  mcpServersSchema,
  publicConfigurationSchema,
  socketBeaconSchema,
  socketHealthSchema,
  socketLimitsSchema,
  test,
} from "../../fixtures/index.ts";

test(
  "/ws/health says in its body that the WebSocket service is healthy",
  { meta: { id: "HEALTH-06" }, tags: ["premerge"] },
  async ({ backend, note }) => {
    const answer = await backend.get("/ws/health");

    note(describeBypass(answer.json(socketHealthSchema)));
  },
);

test("/ws/beacon says that the WebSocket service is up", { meta: { id: "HEALTH-07/beacon" } }, async ({ backend }) => {
  const answer = await backend.get("/ws/beacon");

  answer.json(socketBeaconSchema);
});

test(
  "/ws/config announces the contract's limits and a sane heartbeat",
  { meta: { id: "HEALTH-07/limits" } },
  async ({ backend, expect }) => {
    const limits = (await backend.get("/ws/config")).json(socketLimitsSchema);

    expect(limits.connectionsPerUser ?? LIMITS.connectionsPerUser, "connections per user").toBe(
      LIMITS.connectionsPerUser,
    );
    expect(limits.messagesPerMinute ?? LIMITS.messagesPerMinute, "messages per minute").toBe(LIMITS.messagesPerMinute);
    expect(limits.messageBytes, "bytes of a message").toBeGreaterThanOrEqual(LIMITS.messageBytes);
    expect(limits.messageBytes, "bytes of a message").toBeLessThanOrEqual(BOUNDS.messageBytes);
    expect(limits.heartbeatSeconds, "seconds between heartbeats").toBeGreaterThan(0);
    expect(limits.heartbeatSeconds, "seconds between heartbeats").toBeLessThanOrEqual(BOUNDS.heartbeatSeconds);
  },
);

test(
  "a message of the size that /ws/config announces is read by the socket",
  { meta: { id: "HEALTH-07/message-size" } },
  async ({ backend, token, openSocket, expect }) => {
    const { messageBytes } = (await backend.get("/ws/config")).json(socketLimitsSchema);
    await using socket = await openSocket({ token });
    const message = createUnknownMessage({ bytes: messageBytes });

    socket.sendRaw(message.text);

    expect(await socket.answerTo(message.type)).toMatchObject({ outcome: "acknowledged" });
  },
);

test(
  "service discovery names hosts of this target only",
  { meta: { id: "HEALTH-08/hosts" } },
  async ({ backend, target, expect }) => {
    const { urls } = (await backend.get("/api/discovery/services")).json(discoverySchema);

    expect(urls).toLeadTo(target);
  },
);

test(
  "the WebSocket URL of service discovery upgrades",
  { meta: { id: "HEALTH-08/websocket" } },
  async ({ backend, target, token, openSocket, expect }) => {
    const { websocket } = (await backend.get("/api/discovery/services")).json(discoverySchema);

    expect([websocket]).toLeadTo(target);
    await using socket = await openSocket({ token, path: websocket, route: "{discovered}" });
    await socket.settle();
  },
);

test(
  "the MCP configuration has an entry for each kind of client",
  { meta: { id: "HEALTH-09/configuration" } },
  async ({ backend }) => {
    const answer = await backend.get("/api/mcp/config");

    answer.json(mcpConfigurationSchema);
  },
);

test("the MCP servers are connected and offer tools", { meta: { id: "HEALTH-09/servers" } }, async ({ backend }) => {
  const answer = await backend.get("/api/mcp/servers");

  answer.json(mcpServersSchema);
});

test(
  "the frontend's public configuration is no fallback and names hosts of this target only",
  { meta: { id: "HEALTH-14/configuration" }, tags: ["premerge"] },
  async ({ frontend, target, expect }) => {
    const { urls } = (await frontend.get("/api/config/public")).json(publicConfigurationSchema);

    expect(Object.values(urls)).toLeadTo(target);
  },
);

test(
  "the WebSocket URL that the frontend leads a browser to upgrades, and knows the browser's user",
  { meta: { id: "HEALTH-14/websocket" }, tags: ["premerge"] },
  async ({ followFrontend, target, token, openSocket, note, expect }) => {
    const { url, foundIn } = await followFrontend();
    note(`the frontend's WebSocket URL is ${url} (${foundIn})`);

    expect([url]).toLeadTo(target);
    await using socket = await openSocket({ token, path: url, route: "{frontend}", carrier: "subprotocol" });
    expect(await socket.settle()).toHaveProperty("data.user_id", token.user.id);
  },
);
