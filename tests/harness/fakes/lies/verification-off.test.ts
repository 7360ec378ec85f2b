/** Lie 5, rejected with UNVERIFIED_PEER: certificate verification is switched off. */
import { Agent } from "undici";
import { test as suiteTest } from "../../../../fixtures/index.ts";

const test = suiteTest.extend("dispatcher", () => new Agent({ connect: { rejectUnauthorized: false } }));

test("the backend is healthy", { meta: { id: "HEALTH-05/verification-off" } }, async ({ backend }) => {
  await backend.get("/health");
});
