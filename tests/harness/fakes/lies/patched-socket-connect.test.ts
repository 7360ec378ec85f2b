/** Lie 2, rejected with WRONG_ENDPOINT: Socket.prototype.connect leads every connection to a server of the file's own. */
import { Socket } from "node:net";
import { Agent } from "undici";
import { test as suiteTest } from "../../../../fixtures/index.ts";
import { startImpostor } from "../tools/impostor.ts";

const impostor = await startImpostor();
const { connect } = Socket.prototype;
Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
  const [first] = Array.isArray(args[0]) ? args[0] : args;
  Reflect.set(Object(first), "port", impostor.port);
  return Reflect.apply(connect, this, args);
};

const test = suiteTest.extend("dispatcher", () => new Agent({ connect: { ca: impostor.ca } }));

test.afterAll(() => impostor[Symbol.asyncDispose]());

test("the backend is healthy", { meta: { id: "HEALTH-02/patched-socket-connect" } }, async ({ backend }) => {
  await backend.get("/health");
});
