import { once } from "node:events";
import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createDispatcher, HttpClient } from "../../../fixtures/client/http.ts";
import { BUDGET_MS } from "../../../fixtures/contract/limits.ts";
import { CLEANUP } from "../../../fixtures/contract/outcomes.ts";
import { createCallContext } from "./call-context-factory.ts";

const DELETIONS = 4;
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

test("deletions that nobody answers have a shorter time, and do not give the service up", async ({
  onTestFinished,
}) => {
  const context = createCallContext(port);
  const agent = createDispatcher(context.target);
  onTestFinished(() => agent.destroy());
  const budgets: unknown[] = [];
  const dispatcher = agent.compose((dispatch) => (options, handler) => {
    budgets.push(options.headersTimeout);
    return dispatch(options, handler);
  });
  const backend = new HttpClient("backend", `http://127.0.0.1:${port}`, dispatcher, context);

  const deletions = await Promise.allSettled(
    Array.from({ length: DELETIONS }, (_, index) => backend.delete(`/api/threads/${index}`, { expect: CLEANUP })),
  );
  const answer = await backend.get("/health");

  expect(deletions.map(({ status }) => status)).toEqual(Array(DELETIONS).fill("rejected"));
  expect(answer.status).toBe(200);
  expect(budgets).toEqual([...Array<number>(DELETIONS).fill(BUDGET_MS.cleanup), BUDGET_MS.request]);
});
