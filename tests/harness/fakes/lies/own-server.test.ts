/** Lie 43, rejected with WRONG_ENDPOINT: a TLS server of the file's own on loopback answers for the target. */
import { request, Agent } from "undici";
import { test } from "../../../../fixtures/index.ts";
import { startImpostor } from "../tools/impostor.ts";

test("the backend is healthy", { meta: { id: "HEALTH-43/own-server" } }, async ({ expect }) => {
  await using impostor = await startImpostor();
  const dispatcher = new Agent({ connect: { ca: impostor.ca } });

  const { statusCode } = await request(`https://localhost:${impostor.port}/health`, { dispatcher });

  expect(statusCode).toBe(200);
});
