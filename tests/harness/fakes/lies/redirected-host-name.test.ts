/** Lie 4, rejected with WRONG_CERTIFICATE: the target's name and port lead to another address, whose CA is trusted. */
import type { LookupFunction } from "node:net";
import { Agent } from "undici";
import { test as suiteTest } from "../../../../fixtures/index.ts";
import { startImpostor } from "../tools/impostor.ts";

const ELSEWHERE = "127.0.0.2";
const toElsewhere: LookupFunction = (_host, options, done) => {
  if (options.all === true) done(null, [{ address: ELSEWHERE, family: 4 }]);
  else done(null, ELSEWHERE, 4);
};

const test = suiteTest.extend("dispatcher", async ({ target }, { onCleanup }) => {
  const port = Number(new URL(target.urls.backend).port);
  const impostor = await startImpostor({ address: ELSEWHERE, port });
  onCleanup(() => impostor[Symbol.asyncDispose]());
  return new Agent({ connect: { ca: impostor.ca, lookup: toElsewhere } });
});

test("the backend is healthy", { meta: { id: "HEALTH-04/redirected-host-name" } }, async ({ backend }) => {
  await backend.get("/health");
});
