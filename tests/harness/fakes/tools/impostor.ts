import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import https from "node:https";
import { healthyTls } from "../../../../fixtures/stand-in/behaviour/tls.ts";
import { createAuthority } from "../../../../fixtures/stand-in/pki/authority.ts";

/** A TLS server on loopback with a certificate of its own, made up to pass for the target. */
export interface Impostor extends AsyncDisposable {
  readonly port: number;
  /** The root of its certificate: who trusts it, trusts the impostor. */
  readonly ca: string;
}

interface ImpostorOptions {
  readonly port?: number;
  /** A loopback address; another than 127.0.0.1 can hold the target's own port (on Linux). */
  readonly address?: string;
  readonly certifiedName?: string;
  readonly answer?: RequestListener;
}

/** Starts an impostor that answers every request as a healthy backend does. */
export async function startImpostor(options: ImpostorOptions = {}): Promise<Impostor> {
  const { port = 0, address = "127.0.0.1", certifiedName = "localhost", answer = healthy } = options;
  const authority = await createAuthority();
  const { certificateChain, privateKey } = await authority.issue({
    ...healthyTls(),
    hostNames: [certifiedName],
    addresses: [],
  });
  const server = https.createServer({ cert: certificateChain, key: privateKey }, answer);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, address, resolve);
  });
  const listening = server.address();
  if (listening === null || typeof listening === "string") throw new TypeError("the impostor has no TCP port");
  return {
    port: listening.port,
    ca: authority.ca,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The answer of a healthy backend, as somebody recorded it once. */
function healthy(_request: IncomingMessage, response: ServerResponse): void {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ status: "healthy", service: "netra-ai-platform", version: "1.0.0" }));
}
