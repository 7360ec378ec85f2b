/** Honest: sixteen cases at the same time share one pool of connections, and each has its own evidence. */
import { test } from "../../../../fixtures/index.ts";

for (const ordinal of Array.from({ length: 16 }, (_, index) => index)) {
  test(
    `the backend is healthy for visitor ${ordinal}`,
    { meta: { id: `CONN-03/one-pool-${ordinal}` } },
    async ({ backend }) => {
      await backend.get("/health");
      await backend.get("/health");
    },
  );
}
