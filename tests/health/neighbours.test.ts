import {
  authHealthSchema,
  describe,
  frontendHealthSchema,
  frontendReadinessSchema,
  test,
} from "../../fixtures/index.ts";

describe("the auth service", () => {
  test(
    "says that it is healthy and that its database is connected",
    { meta: { id: "HEALTH-04" }, tags: ["premerge"] },
    async ({ auth }) => {
      const answer = await auth.get("/health");

      answer.json(authHealthSchema);
    },
  );
});

describe("the frontend", () => {
  test("says that it is healthy", { meta: { id: "HEALTH-05/health" }, tags: ["premerge"] }, async ({ frontend }) => {
    const answer = await frontend.get("/api/health");

    answer.json(frontendHealthSchema);
  });

  test(
    "says that it is ready and reaches the backend",
    { meta: { id: "HEALTH-05/ready" }, tags: ["premerge"] },
    async ({ frontend }) => {
      const answer = await frontend.get("/api/health/ready");

      answer.json(frontendReadinessSchema);
    },
  );

  test(
    "serves the application as its root document, not an error page with status 200",
    { meta: { id: "HEALTH-05/document" }, tags: ["premerge"] },
    async ({ frontend, expect }) => {
      const page = await frontend.get("/");

      expect(page).toBeTheApplication();
    },
  );
});
