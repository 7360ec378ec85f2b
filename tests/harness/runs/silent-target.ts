import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, type TLSSocket } from "node:tls";
import { healthyTls } from "../../../fixtures/stand-in/behaviour/tls.ts";
import { createAuthority } from "../../../fixtures/stand-in/pki/authority.ts";

/** A server whose certificate is good and that answers nothing. */
export interface SilentServer extends AsyncDisposable {
  /** A file with its certificate's authority. */
  readonly caFile: string;
  readonly url: string;
}

/** Starts a server that completes every TLS handshake, reads what it is sent, and never answers. */
export async function startSilentServer(): Promise<SilentServer> {
  const authority = await createAuthority();
  const { certificateChain, privateKey } = await authority.issue(healthyTls());
  const sockets = new Set<TLSSocket>();
  const server = createServer({ cert: certificateChain, key: privateKey }, (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    socket.resume();
  });
  server.on("tlsClientError", () => undefined);
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const folder = mkdtempSync(join(tmpdir(), "silent-target-"));
  const caFile = join(folder, "ca.pem");
  writeFileSync(caFile, authority.ca);
  return {
    caFile,
    url: `https://localhost:${port}`,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
