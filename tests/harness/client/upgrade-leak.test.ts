import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { CallContext } from "../../../fixtures/client/call-context.ts";
import { excerpt, workerRedactor } from "../../../fixtures/client/excerpt.ts";
import { expectNoAgent } from "../../../fixtures/client/expect-no-agent.ts";
import { expectRefusal } from "../../../fixtures/client/expect-refusal.ts";
import { negotiate } from "../../../fixtures/client/negotiate.ts";
import { openSocket } from "../../../fixtures/client/open-socket.ts";
import { createCallContext } from "./call-context-factory.ts";

/** 43 characters, as `openssl rand -base64 32` makes them. */
const SECRET = randomBytes(32).toString("base64url");

test("an excerpt holds no part of a secret, wherever it is cut", () => {
  workerRedactor.learn([{ name: "the shared secret", value: SECRET }]);
  for (let before = 120; before <= 240; before += 1) {
    const shown = excerpt(`${"x".repeat(before)} ${SECRET} and more`);

    expect(shown.length).toBeLessThanOrEqual(201);
    expect(shown).not.toContain(SECRET.slice(0, 4));
  }
});

describe("a secret in the answer to an upgrade", () => {
  const server = createServer();
  let port = 0;
  beforeAll(async () => {
    server.on("upgrade", ({ url = "" }: IncomingMessage, socket: Duplex) => {
      const body = JSON.stringify({ detail: `${"x".repeat(180)} ${SECRET}` });
      const [header, text] = url.endsWith("header") ? [SECRET, "{}"] : ["none", body];
      socket.end(
        `HTTP/1.1 500 Oops\r\nx-debug: ${header}\r\ncontent-length: ${text.length}\r\nconnection: close\r\n\r\n${text}`,
      );
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    ({ port } = z.object({ port: z.number() }).parse(server.address()));
  });
  afterAll(() => {
    server.close();
  });

  test.for([
    { what: "that must be welcomed", attempt: openSocket },
    {
      what: "that must be refused",
      attempt: (context: CallContext, options: object) => expectRefusal(context, options, "refused"),
    },
    {
      what: "that negotiates",
      attempt: (context: CallContext, options: object) => negotiate(context, { ...options, protocols: ["a"] }),
    },
    { what: "that must be harmless", attempt: expectNoAgent },
  ])("$what is the service's failure, and the error holds nothing of it", async ({ attempt }) => {
    for (const path of ["/ws", "/ws?header"]) {
      const context = createCallContext(port, SECRET);

      const error: unknown = await Promise.resolve(attempt(context, { path })).catch((reason: unknown) => reason);

      expect(error).toMatchObject({ code: "E2E_SECRET_LEAKED", service: "backend" });
      expect(String(error)).not.toContain(SECRET.slice(0, 4));
      expect(context.leaks.first).toBe(error);
    }
  });
});
