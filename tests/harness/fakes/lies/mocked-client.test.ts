/** Lie 2, fault with E2E_FOREIGN_IMPORT: a module mock of the suite's own HTTP client would answer 200 to everything; it reaches no client. */
import { vi } from "vitest";
import { test } from "../../../../fixtures/index.ts";

vi.mock("../../../../fixtures/client/http.ts", async (importOriginal) => ({
  ...(await importOriginal<object>()),
  HttpClient: class {
    get(): Promise<{ status: number }> {
      return Promise.resolve({ status: 200 });
    }
  },
}));

test("the backend is healthy", { meta: { id: "HEALTH-02/mocked-client" } }, async ({ backend, expect }) => {
  const { status } = await backend.get("/health");

  expect(status).toBe(200);
});
