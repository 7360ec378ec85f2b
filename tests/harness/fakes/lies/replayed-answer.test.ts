/** Lie 6, rejected with WRONG_ENDPOINT: a proxy on loopback replays answers that were recorded once. */
import { Agent } from "undici";
import { test as suiteTest } from "../../../../fixtures/index.ts";
import { startImpostor } from "../tools/impostor.ts";

const test = suiteTest
  .extend("impostor", { scope: "file" }, async ({ run }, { onCleanup }) => {
    const impostor = await startImpostor({ certifiedName: new URL(run.target.urls.backend).hostname });
    onCleanup(() => impostor[Symbol.asyncDispose]());
    return impostor;
  })
  .extend("dispatcher", { scope: "file" }, ({ impostor, target }) => {
    const agent = new Agent({ connect: { ca: impostor.ca } });
    const dispatch = agent.dispatch.bind(agent);
    const proxied = new URL(target.urls.backend);
    proxied.port = String(impostor.port);
    agent.dispatch = (options, handler) => dispatch({ ...options, origin: proxied.origin }, handler);
    return agent;
  });

test("the backend is healthy", { meta: { id: "HEALTH-06/replayed-answer" } }, async ({ backend }) => {
  await backend.get("/health");
});
