import { expect, test } from "vitest";
import { runSuite } from "../../../scripts/suite-process.ts";

/** Two things broken at once that have nothing to do with each other: both causes are on top. */
const STAND_IN = { STAGING_TARGET: "stand-in", STAND_IN_RTT_MS: "0", STAND_IN_AGENT_GAP_MS: "20" };

test.for([
  {
    faults: "frontend-500,validate-names-another-user",
    projects: ["health", "auth"],
    findings: ["FRONTEND_UNHEALTHY", "VERIFICATION_WRONG"],
  },
  {
    faults: "empty-tool-result,auth-database-disconnected",
    projects: ["event-flow", "health"],
    findings: ["AUTH_DATABASE_DISCONNECTED", "EVENT_CONTENT_EMPTY_OR_WRONG"],
  },
  {
    faults: "ws-route-500,execute-fails",
    projects: ["websocket-connect", "event-flow"],
    findings: ["AGENT_EXECUTE_WRONG", "SOCKET_ROUTE_CRASHES"],
  },
  {
    faults: "closed-before-welcome,api-health-500",
    projects: ["websocket-connect", "health"],
    findings: ["API_HEALTH_WRONG", "CLOSED_BEFORE_WELCOME"],
  },
  {
    faults: "no-agent-events,session-middleware-missing",
    projects: ["event-flow", "health"],
    findings: ["NO_AGENT_EVENTS", "ROUTE_ANSWERS_5XX"],
  },
])("$faults are the first two findings", { timeout: 120_000 }, async ({ faults, projects, findings }) => {
  const args = projects.flatMap((project) => ["--project", project]);
  const env = { ...STAND_IN, STAND_IN_FAULTS: faults, STAGING_CHROMIUM: "none" };

  const { exitCode, record, output } = await runSuite({ args, env });

  expect(exitCode, output).toBe(1);
  const onTop = record?.findings.slice(0, 2).map(({ code }) => code) ?? [];
  expect(new Set(onTop), output).toEqual(new Set(findings));
});
