/** Lie 2, rejected with NOTHING_TOUCHED: a module mock of the suite's own HTTP client answers 200 to everything. */
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
