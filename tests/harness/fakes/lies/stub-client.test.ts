/** Lie 22, rejected with NOTHING_TOUCHED: the fixture that opens sockets is replaced by one that pretends. */
import { test as suiteTest } from "../../../../fixtures/index.ts";

const test = suiteTest.extend("openSocket", () => () => Promise.reject(new Error("nobody calls this")));
const pretended = { isOpen: true };

test("a token is welcomed", { meta: { id: "HEALTH-22/stub-client" } }, ({ expect }) => {
  expect(pretended.isOpen).toBe(true);
});
