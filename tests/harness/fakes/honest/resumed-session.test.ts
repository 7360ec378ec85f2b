/** Honest: the second connection resumes the TLS session of the first, and shows no certificate. */
import { Agent } from "undici";
import { trustedCertificates } from "../../../../fixtures/target/trust.ts";
import { test as suiteTest } from "../../../../fixtures/index.ts";

const test = suiteTest.extend("dispatcher", { scope: "file" }, ({ target }, { onCleanup }) => {
  const ca = trustedCertificates(target);
  // No keep-alive, and a cache of sessions: every call is a connection of its own.
  const agent = new Agent({ pipelining: 0, connect: ca === undefined ? {} : { ca: [...ca] } });
  onCleanup(() => agent.destroy());
  return agent;
});

for (const turn of ["first", "second"]) {
  test(
    `the backend is healthy a ${turn} time`,
    { concurrent: false, meta: { id: `CONN-05/resumed-${turn}` } },
    async ({ backend }) => {
      await backend.get("/health");
    },
  );
}
