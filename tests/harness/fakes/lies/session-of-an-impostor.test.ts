/** Lie 5, rejected with WRONG_CERTIFICATE: a TLS session begun with an impostor before the case shows no certificate in it. */
import { once } from "node:events";
import type { LookupFunction } from "node:net";
import tls from "node:tls";
import { Agent } from "undici";
import { test as suiteTest } from "../../../../fixtures/index.ts";
import { startImpostor } from "../tools/impostor.ts";

const ELSEWHERE = "127.0.0.4";
const toElsewhere: LookupFunction = (_host, options, done) => {
  if (options.all === true) done(null, [{ address: ELSEWHERE, family: 4 }]);
  else done(null, ELSEWHERE, 4);
};

const test = suiteTest.extend("dispatcher", { scope: "file" }, async ({ target }, { onCleanup }) => {
  const port = Number(new URL(target.urls.backend).port);
  const impostor = await startImpostor({ address: ELSEWHERE, port });
  onCleanup(() => impostor[Symbol.asyncDispose]());
  const trusting = { ca: impostor.ca, port, host: ELSEWHERE, servername: "localhost" };
  const first = tls.connect(trusting);
  const [session]: unknown[] = await once(first, "session");
  if (!Buffer.isBuffer(session)) throw new TypeError("no session was begun");
  first.destroy();
  return new Agent({
    connect: (_options, done) => {
      const socket = tls.connect({ ...trusting, host: "localhost", lookup: toElsewhere, session });
      socket.once("secureConnect", () => done(null, socket));
    },
  });
});

test("the backend is healthy", { meta: { id: "HEALTH-05/session-of-an-impostor" } }, async ({ backend }) => {
  await backend.get("/health");
});
