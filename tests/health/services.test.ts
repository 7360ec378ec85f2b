import {
  apiHealthSchema,
  authHealthSchema,
  backendHealthSchema,
  backendReadinessSchema,
  frontendHealthSchema,
  frontendReadinessSchema,
  openRootPage,
  test,
  unknownPathSchema,
} from "../../fixtures/index.ts";

test(
  "the backend says that it is healthy, in JSON, to anybody",
  { meta: { id: "HEALTH-01" }, tags: ["premerge"] },
  async ({ backend, expect }) => {
    const answer = await backend.get("/health");

    answer.json(backendHealthSchema);
    expect(answer.headers["content-type"], "content type").toMatch(/^application\/json/);
  },
);

test(
  "the backend's deep readiness says within its budget that it is ready",
  { meta: { id: "HEALTH-02" }, tags: ["premerge"] },
  async ({ backend }) => {
    const answer = await backend.get("/health/ready");

    answer.json(backendReadinessSchema);
  },
);

test(
  "the backend serves /api/health, or its sub-routes where the revision has no such route",
  { meta: { id: "HEALTH-03" } },
  async ({ backend, firstServed }) => {
    const answer = await firstServed(backend, ["/api/health", "/api/health/ready"]);

    answer.json(apiHealthSchema);
  },
);

test("an unknown path is a JSON 404", { meta: { id: "HEALTH-15/anonymous" } }, async ({ backend }) => {
  const answer = await backend.get("/api/no-such-route", { expect: "not-found" });

  answer.json(unknownPathSchema);
});

test(
  "an unknown path is a JSON 404 to a signed-in user too",
  { meta: { id: "HEALTH-15/signed-in" } },
  async ({ backend, token }) => {
    const answer = await backend.get("/api/no-such-route", { token, expect: 404 });

    answer.json(unknownPathSchema);
  },
);

test("a method that a route does not have is not served", { meta: { id: "HEALTH-15/method" } }, async ({ auth }) => {
  await auth.get("/auth/validate", { expect: "method-not-allowed" });
});

test(
  "the backend runs the revision that is expected",
  { meta: { id: "HEALTH-16" }, tags: ["premerge"] },
  async ({ backend, target, expect }) => {
    const answer = await backend.get("/health", { expect: "unavailable-or-success" });

    expect(answer).toComeFromRevision(target.expectedRevision);
  },
);

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
    const page = await openRootPage(frontend);

    expect(page).toBeTheApplication();
  },
);
