import { once } from "node:events";
import { createServer } from "node:http";
import { Agent, request } from "undici";
import { expect, test } from "vitest";
import { z } from "zod";
import { recordSockets } from "../../../fixtures/witness/index.ts";

test("a pool that opens a socket anew opens it for the case that waits, not for the one whose socket was closed", async () => {
  const server = createServer((_, response) => {
    response.setHeader("connection", "close").end("{}");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const dispatcher = new Agent({ connections: 1 });
  const ask = (path: string): (() => Promise<void>) => {
    return async () => {
      const { body } = await request(`http://127.0.0.1:${port}${path}`, { dispatcher });
      await body.text();
    };
  };

  const [first, second] = await Promise.all([recordSockets("first", ask("/1")), recordSockets("second", ask("/2"))]);

  const pathsOf = ({ sockets }: typeof first): string[][] =>
    sockets.map(({ exchanges }) => exchanges.map(({ path, status }) => `${path} ${status}`));
  expect(pathsOf(first)).toEqual([["/1 200"]]);
  expect(pathsOf(second)).toEqual([["/2 200"]]);
  expect(second.sockets[0]?.phasesMs.tcp).toBeGreaterThanOrEqual(0);
  await dispatcher.close();
  server.close();
});
