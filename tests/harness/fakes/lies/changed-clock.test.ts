/** Lie 10, rejected with ANSWER_WITHOUT_SOCKET: an answer made up on the spot, with clocks changed so that it looks far away. */
import diagnostics from "node:diagnostics_channel";
import { TLSSocket } from "node:tls";
import { test } from "../../../../fixtures/index.ts";

const now = performance.now.bind(performance);
const today = Date.now.bind(Date);
performance.now = () => now() * 100;
Date.now = () => today() * 100;

function answerLocally(message: unknown): void {
  const socket: unknown = Reflect.get(Object(message), "socket");
  if (!(socket instanceof TLSSocket)) return;
  socket.write = () => {
    setImmediate(() => socket.push(Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{"status":"healthy"}')));
    return true;
  };
}

test("the backend is healthy", { meta: { id: "HEALTH-10/changed-clock" } }, async ({ backend }) => {
  diagnostics.subscribe("undici:client:connected", answerLocally);

  await backend.get("/health");
});
