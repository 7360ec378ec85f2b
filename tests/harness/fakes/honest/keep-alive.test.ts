/** Honest: later calls reuse a connection that is already open, so no handshake happens in them. */
import { test } from "../../../../fixtures/index.ts";

for (const turn of ["first", "second", "third"]) {
  test(
    `the backend is healthy a ${turn} time`,
    { concurrent: false, meta: { id: `CONN-01/keep-alive-${turn}` } },
    async ({ backend }) => {
      await backend.get("/health");
      await backend.get("/health");
    },
  );
}
