import https from "node:https";
import { parentPort } from "node:worker_threads";
import { WebSocketServer } from "ws";
import { healthyTls } from "../../fixtures/stand-in/behaviour/tls.ts";
import { createAuthority } from "../../fixtures/stand-in/pki/authority.ts";

/** A TLS server in a thread of its own that echoes WebSocket messages; tells the parent its port and its CA. */
const authority = await createAuthority();
const { certificateChain, privateKey } = await authority.issue(healthyTls());
const server = https.createServer({ cert: certificateChain, key: privateKey });
new WebSocketServer({ server }).on("connection", (socket) => {
  socket.on("message", (data) => {
    socket.send(data);
  });
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("the echo has no TCP port");
  parentPort?.postMessage({ port: address.port, ca: authority.ca });
});
