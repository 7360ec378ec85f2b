/** Lie 6, rejected with WRONG_CERTIFICATE: a proxy with a certificate of its own relays the target's true answers. */
import type { RequestListener } from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";
import { Agent } from "undici";
import { test as suiteTest } from "../../../../fixtures/index.ts";
import { startImpostor } from "../tools/impostor.ts";

const ELSEWHERE = "127.0.0.5";
const toElsewhere: LookupFunction = (_host, options, done) => {
  if (options.all === true) done(null, [{ address: ELSEWHERE, family: 4 }]);
  else done(null, ELSEWHERE, 4);
};

const test = suiteTest.extend("dispatcher", { scope: "file" }, async ({ target }, { onCleanup }) => {
  const relay: RequestListener = ({ url = "/" }, response) => {
    const options = { ...(target.ca === null ? {} : { ca: target.ca }), agent: false };
    https.get(new URL(url, target.urls.backend), options, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
  };
  const port = Number(new URL(target.urls.backend).port);
  const impostor = await startImpostor({ address: ELSEWHERE, port, answer: relay });
  onCleanup(() => impostor[Symbol.asyncDispose]());
  return new Agent({ connect: { ca: impostor.ca, lookup: toElsewhere } });
});

test("the backend is healthy", { meta: { id: "HEALTH-06/relayed-bytes" } }, async ({ backend }) => {
  await backend.get("/health");
});
