import { authHealthSchema, frontendHealthSchema, frontendReadinessSchema, test } from "../../fixtures/index.ts";

test(
  "the auth service says that it is healthy and that its database is connected",
  { meta: { id: "HEALTH-04/health" }, tags: ["premerge"] },
  async ({ auth }) => {
    const answer = await auth.get("/health");

    answer.json(authHealthSchema);
  },
);

test(
  "the auth service's uptime grows, where the balancer's affinity holds",
  { meta: { id: "HEALTH-04/uptime" }, tags: ["premerge"] },
  async ({ observeUptime, expect }) => {
    const uptime = await observeUptime();

    expect(uptime).toHaveGrown();
  },
);

test(
  "the frontend says that it is healthy",
  { meta: { id: "HEALTH-05/health" }, tags: ["premerge"] },
  async ({ frontend }) => {
    const answer = await frontend.get("/api/health");

    answer.json(frontendHealthSchema);
  },
);

test(
  "the frontend says that it is ready and reaches the backend",
  { meta: { id: "HEALTH-05/ready" }, tags: ["premerge"] },
  async ({ frontend }) => {
    const answer = await frontend.get("/api/health/ready");

    answer.json(frontendReadinessSchema);
  },
);

test(
  "the frontend serves the application as its root document, not an error page with status 200",
  { meta: { id: "HEALTH-05/document" }, tags: ["premerge"] },
  async ({ frontend, expect }) => {
    const page = await frontend.get("/");

    expect(page).toBeTheApplication();
  },
);
