/** Lie 5, rejected with UNVERIFIED_PEER: a trusted certificate of another name, with the check of the name switched off. */
import type { LookupFunction } from "node:net";
import { Agent } from "undici";
import { test as suiteTest } from "../../../../fixtures/index.ts";
import { startImpostor } from "../tools/impostor.ts";

const ELSEWHERE = "127.0.0.3";
const toElsewhere: LookupFunction = (_host, options, done) => {
  if (options.all === true) done(null, [{ address: ELSEWHERE, family: 4 }]);
  else done(null, ELSEWHERE, 4);
};

const test = suiteTest.extend("dispatcher", async ({ target }, { onCleanup }) => {
  const port = Number(new URL(target.urls.backend).port);
  const impostor = await startImpostor({ address: ELSEWHERE, port, certifiedName: "blog.example" });
  onCleanup(() => impostor[Symbol.asyncDispose]());
  return new Agent({ connect: { ca: impostor.ca, lookup: toElsewhere, checkServerIdentity: () => undefined } });
});

test("the backend is healthy", { meta: { id: "HEALTH-05/name-check-off" } }, async ({ backend }) => {
  await backend.get("/health");
});
