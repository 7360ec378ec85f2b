/** Lie 44, rejected with UNDECLARED_OUTCOME: an outcome reads one way to the client and another way to the record. */
import { test } from "../../../../fixtures/index.ts";

test("no token opens the threads", { meta: { id: "HEALTH-44/two-faced-outcome" } }, async ({ backend }) => {
  let reads = 0;
  const twoFaced = { toString: () => ((reads += 1) === 1 ? "refused" : "success") };

  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- no outcome of the contract has two faces
  await backend.get("/api/threads", { expect: twoFaced as never });
});
