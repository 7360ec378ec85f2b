/** Lie 39, rejected with NO_STAMP: the fixture that stamps the end of a case is overridden. */
import { test as suiteTest } from "../../../../fixtures/index.ts";

const test = suiteTest.extend("stamp", { auto: true }, () => "stamped");

test("the backend is healthy", { meta: { id: "HEALTH-39/overridden-stamp" } }, async ({ backend }) => {
  await backend.get("/health");
});
