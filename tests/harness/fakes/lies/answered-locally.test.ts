/** Lie 8, rejected with NOT_A_SOCKET: the connection is real, the answer is put into its stream before the target can answer. */
import diagnostics from "node:diagnostics_channel";
import { TLSSocket } from "node:tls";
import { test } from "../../../../fixtures/index.ts";

function answerLocally(message: unknown): void {
  const socket: unknown = Reflect.get(Object(message), "socket");
  if (!(socket instanceof TLSSocket)) return;
  const write = socket.write.bind(socket);
  const answer = (...args: unknown[]): unknown => {
    setImmediate(() => socket.push(Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{"status":"healthy"}')));
    return Reflect.apply(write, socket, args);
  };
  Reflect.set(socket, "write", answer);
}

test("the backend is healthy", { meta: { id: "HEALTH-08/answered-locally" } }, async ({ backend }) => {
  diagnostics.subscribe("undici:client:connected", answerLocally);

  await backend.get("/health");
});
