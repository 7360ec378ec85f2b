import { expect, test } from "vitest";

import { startStandIn, type StandInOptions } from "../../../fixtures/stand-in/index.ts";
import { openVisitor, type AskOptions } from "./visitor.ts";

type Service = "backend" | "auth" | "frontend";

/** Method, path, status without a token, and a fragment of the body. */
const ROUTES: readonly (readonly [Service, NonNullable<AskOptions["method"]>, string, number, string])[] = [
  ["backend", "GET", "/health", 200, '"status":"healthy","service":"netra-ai-platform","version":"1.0.0"'],
  ["backend", "GET", "/health/ready", 200, '"ready"'],
  ["backend", "GET", "/health/live", 200, '"alive"'],
  ["backend", "GET", "/health/database-env", 200, '"healthy"'],
  ["backend", "GET", "/health/system/comprehensive", 200, '"healthy"'],
  ["backend", "OPTIONS", "/health", 200, '"status":"ok"'],
  ["backend", "GET", "/api/health", 200, '"healthy"'],
  ["backend", "GET", "/ws/health", 200, '"max_connections_per_user":3'],
  ["backend", "GET", "/ws/config", 200, '"max_message_size_bytes":8192'],
  ["backend", "GET", "/ws/beacon", 200, '"websocket_beacon"'],
  ["backend", "GET", "/ws/stats", 200, '"ssot_stats"'],
  ["backend", "GET", "/ws/auth/circuit-breaker", 200, '"remediation_active":true'],
  ["backend", "GET", "/ws/factory/status", 200, '"mode":"factory"'],
  ["backend", "GET", "/ws/isolated/health", 200, '"event_leakage":"zero"'],
  ["backend", "GET", "/api/v1/websocket", 200, '"websocket_ssot"'],
  ["backend", "POST", "/api/v1/websocket", 201, '"session_id":"ws_session_'],
  ["backend", "DELETE", "/api/v1/websocket", 405, "Method Not Allowed"],
  ["backend", "GET", "/api/v1/websocket/protected", 401, "Authentication required"],
  ["backend", "GET", "/api/discovery/services", 200, '"ws_url":"wss://localhost:'],
  ["backend", "GET", "/api/mcp/config", 200, '"claude"'],
  ["backend", "GET", "/api/mcp/servers", 200, '"name":"netra-mcp"'],
  ["backend", "GET", "/api/messages", 200, '"user_id":"anonymous"'],
  ["backend", "GET", "/api/messages/redirect", 302, ""],
  ["backend", "GET", "/api/chat/messages", 403, '{"detail":"Not authenticated"}'],
  ["backend", "GET", "/api/threads", 403, '{"detail":"Not authenticated"}'],
  ["backend", "POST", "/api/agents/execute", 422, '"error_code":"VALIDATION_ERROR"'],
  ["backend", "GET", "/api/me", 404, '{"detail":"Not Found"}'],
  ["backend", "GET", "/ws", 404, '{"detail":"Not Found"}'],
  ["backend", "GET", "/api/ws", 404, '{"detail":"Not Found"}'],
  ["auth", "GET", "/health", 200, '"database_status":"connected"'],
  ["auth", "GET", "/health/ready", 200, '"ready"'],
  ["auth", "GET", "/auth/config", 200, '"development_mode":false'],
  ["auth", "GET", "/auth/login", 400, "Provider parameter is required"],
  ["auth", "POST", "/auth/login", 422, "Email and password are required"],
  ["auth", "POST", "/auth/logout", 200, '"status":"success"'],
  ["auth", "POST", "/auth/refresh", 422, "refresh_token field is required"],
  ["auth", "GET", "/auth/verify", 200, '"valid":false'],
  ["auth", "POST", "/auth/validate", 200, '"error":"missing_token"'],
  ["auth", "GET", "/auth/validate", 405, "Method Not Allowed"],
  ["auth", "GET", "/auth/me", 401, "Authorization header with Bearer token required"],
  ["auth", "POST", "/auth/e2e/test-auth", 401, "E2E bypass key required"],
  ["auth", "POST", "/auth/dev/login", 403, ""],
  ["auth", "GET", "/oauth/providers", 404, "Not Found"],
  ["auth", "GET", "/auth/google/login", 404, "Not Found"],
  ["frontend", "GET", "/", 200, "<!DOCTYPE html>"],
  ["frontend", "GET", "/_next/static/chunks/app.js", 200, "/websocket"],
  ["frontend", "GET", "/health", 200, '"frontend"'],
  ["frontend", "GET", "/api/health", 200, '"memory"'],
  ["frontend", "GET", "/api/health/ready", 200, '"ready"'],
  ["frontend", "GET", "/api/config/public", 200, '"environment":"staging"'],
];

async function answersOf(options: StandInOptions, wanted: typeof ROUTES): Promise<readonly string[]> {
  await using standIn = await startStandIn({ rttMs: 0, ...options });
  await using visitor = openVisitor(standIn);
  return await Promise.all(
    wanted.map(async ([service, method, path, , fragment]) => {
      const json = method === "POST" ? { json: {} } : {};
      const { status, text } = await visitor.ask(`${standIn.urls[service]}${path}`, { method, ...json });
      return `${service} ${method} ${path} ${status} ${text.includes(fragment) ? fragment : text}`;
    }),
  );
}

const expected = (wanted: typeof ROUTES) => wanted.map((route) => route.join(" "));

test("every route answers as the contract's table has it", async () => {
  expect(await answersOf({}, ROUTES)).toEqual(expected(ROUTES));
});

test("the newer generation's shapes and statuses are variants", async () => {
  const routes: typeof ROUTES = [
    ["backend", "GET", "/ws/health", 200, '"mode":"ssot_consolidated"'],
    ["backend", "GET", "/ws/config", 200, '"max_message_size":1048576'],
    ["backend", "GET", "/ws/beacon", 200, '"consolidation":"complete"'],
    ["backend", "GET", "/api/health", 401, '"authentication_failed"'],
    ["backend", "GET", "/api/threads", 401, "Not authenticated"],
  ];
  const variants = ["t12-config-shapes", "no-api-health", "404-as-401", "missing-token-401"];

  expect(await answersOf({ variants }, routes)).toEqual(expected(routes));
});

test("CORS lets the frontend's own origin in with credentials, and no other", async () => {
  await using standIn = await startStandIn({ rttMs: 0 });
  await using visitor = openVisitor(standIn);
  const preflight = (origin: string) =>
    visitor.ask(`${standIn.urls.backend}/api/threads`, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "GET", "access-control-request-headers": "authorization" },
    });

  const own = await preflight(standIn.urls.frontend);
  expect(own).toMatchObject({
    status: 200,
    headers: {
      "access-control-allow-origin": standIn.urls.frontend,
      "access-control-allow-credentials": "true",
      "access-control-allow-headers": "authorization",
    },
  });
  const foreign = await preflight("https://elsewhere.example");
  expect(foreign.status).toBe(400);
  expect(foreign.headers).not.toHaveProperty("access-control-allow-origin");
});

test("the REST agent shows each error form that a request can provoke", async () => {
  await using standIn = await startStandIn({ rttMs: 0 });
  await using visitor = openVisitor(standIn);
  const execute = (message: string) =>
    visitor.ask(`${standIn.urls.backend}/api/agents/execute`, { method: "POST", json: { type: "triage", message } });

  const [success, failure, timeout] = await Promise.all([
    execute("count to 4"),
    execute("FORCE_ERROR"),
    execute("TIMEOUT"),
  ]);

  expect(success.body).toMatchObject({
    status: "success",
    agent: "triage",
    circuit_breaker_state: "CLOSED",
    error: null,
  });
  expect(success.text).toContain("[1,2,3,4]");
  expect(failure).toMatchObject({ status: 500, body: { error: true } });
  expect(timeout.body).toMatchObject({ status: "timeout", response: null });
}, 10_000);
