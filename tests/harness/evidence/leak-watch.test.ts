import { once } from "node:events";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import { LeakWatch } from "../../../fixtures/client/leak-watch.ts";
import { redactErrors } from "../../../fixtures/client/redact-errors.ts";
import { Redactor, targetSecrets } from "../../../fixtures/target/redaction.ts";

const TARGET = { bypassKey: "bypass-key-of-this-test", jwtSecret: "a-secret-of-more-than-32-characters!" };
const KEYS = new Redactor(targetSecrets(TARGET));
const TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c2VyLTEifQ.c2lnbmF0dXJl";
const CALL = { service: "auth", call: "POST /auth/refresh" } as const;

describe("an answer", () => {
  test.for([
    { what: "a key, whatever its status", text: `{"hint":"${TARGET.bypassKey}"}`, token: undefined },
    { what: "a key in base64", text: Buffer.from(TARGET.jwtSecret).toString("base64"), token: undefined },
    {
      what: "a key, escaped for HTML",
      text: `<pre>${TARGET.jwtSecret.replaceAll("-", "&#45;").replace("!", "&#x21;")}</pre>`,
      token: undefined,
    },
    { what: "a key, as a form has it", text: TARGET.jwtSecret.replace("!", "%21"), token: undefined },
    {
      what: "the caller's token in base64, in an error",
      text: `bad header ${Buffer.from(`Bearer ${TOKEN}`).toString("base64")}`,
      token: TOKEN,
    },
    { what: "the caller's token, in an error", text: `invalid token ${TOKEN}`, token: TOKEN },
  ])("that repeats $what is the service's failure, and the error repeats nothing", ({ text, token }) => {
    const watch = new LeakWatch(KEYS);

    const error = watch.inspect({ ...CALL, text, token });

    expect(error).toMatchObject({ code: "E2E_SECRET_LEAKED", service: "auth" });
    expect(error?.message).not.toContain(text.slice(-20));
    expect(watch.first).toBe(error);
  });

  test.for([
    { what: "a token that it grants", text: `{"access_token":"${TOKEN}"}`, token: undefined },
    { what: "a short text that was sent as one", text: "invalid token: abc", token: "abc" },
    { what: "the header of the caller's token", text: `invalid token ${TOKEN.slice(0, 10)}…`, token: TOKEN },
    { what: "nothing of the kind", text: '{"detail":"Invalid token"}', token: TOKEN },
  ])("that repeats $what is none", ({ text, token }) => {
    expect(new LeakWatch(KEYS).inspect({ ...CALL, text, token })).toBeUndefined();
  });
});

describe("a socket", () => {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  afterEach(() => {
    server.removeAllListeners("connection");
  });

  test.for([
    { what: "an error frame", message: { type: "error", message: `bad token ${TOKEN}` }, reason: "" },
    { what: "any frame with a key", message: { type: "welcome", debug: TARGET.jwtSecret }, reason: "" },
    { what: "the reason of its close", message: { type: "bye" }, reason: `bad token ${TOKEN}` },
    { what: undefined, message: { type: "token_granted", token: TOKEN }, reason: "no longer needed" },
  ])("gives a secret away in: $what", async ({ what, message, reason }) => {
    server.once("connection", (socket) => {
      socket.send(JSON.stringify(message));
      socket.close(1008, reason);
    });
    const { port } = z.object({ port: z.number() }).parse(server.address());
    const watch = new LeakWatch(KEYS);
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    watch.follow(socket, { service: "backend", call: "the upgrade of /ws", token: TOKEN });
    await once(socket, "close");

    expect(watch.first?.code).toBe(what === undefined ? undefined : "E2E_SECRET_LEAKED");
  });
});

test("errors leave a worker without keys and tokens, however deep they lie", () => {
  const inner = { message: `cause ${TOKEN}`, actual: { key: TARGET.bypassKey } };
  const errors = [{ message: `failed with ${TARGET.bypassKey}`, stack: TOKEN, cause: inner, count: 3 }];
  Reflect.set(inner, "self", inner);

  redactErrors(errors, new Redactor([{ name: "the bypass key", value: TARGET.bypassKey }]));

  expect(errors).toMatchObject([
    {
      message: "failed with <secret>",
      stack: "<token>",
      cause: { message: "cause <token>", actual: { key: "<secret>" } },
      count: 3,
    },
  ]);
});
