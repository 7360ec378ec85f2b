import { once } from "node:events";
import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createDispatcher, HttpClient } from "../../../fixtures/client/http.ts";
import { BUDGET_MS } from "../../../fixtures/contract/limits.ts";
import { CLEANUP } from "../../../fixtures/contract/outcomes.ts";
import { createCallContext } from "./call-context-factory.ts";

const server = createServer(({ method }, response) => {
  if (method === "GET") response.end("{}");
});
let port = 0;
beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  ({ port } = z.object({ port: z.number() }).parse(server.address()));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test("deletions that nobody answers are given up soon, and do not give the service up", async () => {
  const context = createCallContext(port);
  const dispatcher = createDispatcher(context.target);
  const backend = new HttpClient("backend", `http://127.0.0.1:${port}`, dispatcher, context);
  const startedMs = performance.now();

  const deletions = await Promise.allSettled(
    Array.from({ length: 4 }, (_, index) => backend.delete(`/api/threads/${index}`, { expect: CLEANUP })),
  );

  expect(deletions.map(({ status }) => status)).toEqual(Array(4).fill("rejected"));
  expect(performance.now() - startedMs).toBeLessThan(BUDGET_MS.request);
  expect((await backend.get("/health")).status).toBe(200);
  await dispatcher.destroy();
});
