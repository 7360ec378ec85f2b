/** Lie 39, rejected with WRONG_ENDPOINT: the target is overridden by one that always answers. */
import { Agent } from "undici";
import { test as suiteTest } from "../../../../fixtures/index.ts";
import { startImpostor } from "../tools/impostor.ts";

const impostor = await startImpostor();

const test = suiteTest
  .extend("target", { scope: "file" }, ({ run }) => {
    return { ...run.target, urls: { ...run.target.urls, backend: `https://localhost:${impostor.port}` } };
  })
  .extend("dispatcher", { scope: "file" }, () => new Agent({ connect: { ca: impostor.ca } }));

test.afterAll(() => impostor[Symbol.asyncDispose]());

test("the backend is healthy", { meta: { id: "HEALTH-39/overridden-target" } }, async ({ backend }) => {
  await backend.get("/health");
});
