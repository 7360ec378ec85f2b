/** Lie 2, rejected with NOTHING_TOUCHED: the global fetch is stubbed. */
import { vi } from "vitest";
import { test } from "../../../../fixtures/index.ts";

vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ status: "healthy" })));

test("the backend is healthy", { meta: { id: "HEALTH-02/stubbed-fetch" } }, async ({ target, expect }) => {
  const answer = await fetch(new URL("/health", target.urls.backend));

  expect(await answer.json()).toEqual({ status: "healthy" });
});
