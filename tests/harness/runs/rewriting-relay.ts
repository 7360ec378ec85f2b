import { once } from "node:events";
import { createServer, request as ask, type Server } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { healthyTls } from "../../../fixtures/stand-in/behaviour/tls.ts";
import type { StandIn } from "../../../fixtures/stand-in/index.ts";
import { createAuthority, type Identity } from "../../../fixtures/stand-in/pki/authority.ts";
import { createFrameCutter, encodeFrame, type ServerFrame } from "./server-frames.ts";

export const OPCODES = { text: 1, binary: 2, close: 8 } as const;

/** An answer that may be changed on its way. */
export interface RelayedAnswer {
  readonly path: string;
  readonly method: string;
  readonly status: number;
  readonly body: string;
}

/** What the relay changes; all else passes as it is. */
export interface Rewriting {
  readonly answer?: (answer: RelayedAnswer) => Partial<Pick<RelayedAnswer, "status" | "body">>;
  /** What a text frame of the server becomes: frames in its place; after a close the rest is dropped. */
  readonly text?: (text: string, path: string) => readonly ServerFrame[];
}

/** A stand-in as it is seen through the relay. */
export interface Relayed extends AsyncDisposable {
  readonly standIn: StandIn;
}

const SERVICES = ["backend", "auth", "frontend"] as const;
type Service = (typeof SERVICES)[number];

/** Puts TLS servers of its own before a stand-in that pass everything on, and change one thing in the answers. */
export async function relayStandIn(standIn: StandIn, rewriting: Rewriting): Promise<Relayed> {
  const authority = await createAuthority();
  const identity = await authority.issue(healthyTls());
  const origins = new Map<string, string>();
  const servers = await Promise.all(
    SERVICES.map((service) => startRelay(service, { standIn, identity, origins, rewriting })),
  );
  const urlOf = (service: Service): string => origins.get(originOf(standIn.urls[service])) ?? "";
  const backend = urlOf("backend");
  return {
    standIn: {
      ...standIn,
      ca: authority.ca,
      urls: {
        backend,
        direct: backend,
        auth: urlOf("auth"),
        frontend: urlOf("frontend"),
        websocket: backend.replace(/^https/, "wss"),
      },
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(servers.map((server) => stop(server)));
    },
  };
}

interface RelayOptions {
  readonly standIn: StandIn;
  readonly identity: Identity;
  /** The stand-in's origins and the relay's in their places. */
  readonly origins: Map<string, string>;
  readonly rewriting: Rewriting;
}

async function startRelay(
  service: Service,
  { standIn, identity, origins, rewriting }: RelayOptions,
): Promise<Server & { readonly sockets: Set<Duplex> }> {
  const sockets = new Set<Duplex>();
  const upstream = new URL(standIn.urls[service]);
  const open = (incoming: IncomingMessage) =>
    ask(upstream, {
      path: incoming.url,
      method: incoming.method,
      headers: { ...headersOf(incoming.rawHeaders, (value) => outwards(origins, value)), host: upstream.host },
      ca: standIn.ca,
      agent: false,
    });
  const server = createServer({ cert: identity.certificateChain, key: identity.privateKey }, (incoming, outgoing) => {
    const request = open(incoming);
    request.on("error", () => outgoing.destroy());
    request.on("response", (answer) => void passAnswer(incoming, answer, outgoing));
    incoming.pipe(request);
  });
  server.on("upgrade", (incoming, client: Duplex) => {
    const request = open(incoming);
    client.on("error", () => request.destroy());
    request.on("error", () => client.destroy());
    request.on("response", (answer) => {
      client.write(headOf(answer, origins));
      answer.pipe(client);
    });
    request.on("upgrade", (answer, backend: Duplex, head: Buffer) => {
      client.write(headOf(answer, origins));
      passFrames({ client, backend, head, path: pathOf(incoming), change: rewriting.text });
    });
    request.end();
  });
  server.on("secureConnection", (socket: Duplex) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
  });
  server.on("tlsClientError", () => undefined);
  await once(server.listen(0, "127.0.0.1"), "listening");
  origins.set(originOf(upstream.href), `https://localhost:${portOf(server.address())}`);

  async function passAnswer(
    incoming: IncomingMessage,
    answer: IncomingMessage,
    outgoing: ServerResponse,
  ): Promise<void> {
    const chunks = await answer.toArray();
    const text = Buffer.concat(chunks).toString();
    const { method = "GET" } = incoming;
    const status = answer.statusCode ?? 0;
    const body = inwards(origins, text);
    const changed = { status, body, ...rewriting.answer?.({ method, path: pathOf(incoming), status, body }) };
    const headers = headersOf(answer.rawHeaders, (value) => inwards(origins, value));
    for (const name of ["connection", "keep-alive", "transfer-encoding"]) delete headers[name];
    if (method !== "HEAD" && text !== "") headers["content-length"] = [String(Buffer.byteLength(changed.body))];
    outgoing.writeHead(changed.status, headers).end(method === "HEAD" ? "" : changed.body);
  }

  return Object.assign(server, { sockets });
}

interface Passage {
  readonly client: Duplex;
  readonly backend: Duplex;
  readonly head: Buffer;
  readonly path: string;
  readonly change: Rewriting["text"];
}

/** The client's bytes pass as they are, the server's frame by frame. */
function passFrames({ client, backend, head, path, change }: Passage): void {
  const cut = createFrameCutter();
  let closed = false;
  const pass = (chunk: Buffer): void => {
    for (const frame of cut(chunk)) {
      const isText = frame.opcode === OPCODES.text;
      const frames = isText && change !== undefined ? change(frame.payload.toString(), path) : [frame];
      for (const each of frames) {
        if (!closed) client.write(encodeFrame(each));
        closed ||= each.opcode === OPCODES.close;
      }
    }
  };
  pass(head);
  backend.on("data", pass);
  backend.on("error", () => client.destroy());
  backend.on("end", () => client.end());
  backend.on("close", () => client.destroy());
  client.on("close", () => backend.destroy());
  client.pipe(backend);
}

/** A close frame with its code and reason. */
export function closeFrame(code: number, reason: string): ServerFrame {
  const payload = Buffer.alloc(2 + Buffer.byteLength(reason));
  payload.writeUInt16BE(code, 0);
  payload.write(reason, 2);
  return { opcode: OPCODES.close, payload };
}

/** A text frame. */
export function textFrame(text: string): ServerFrame {
  return { opcode: OPCODES.text, payload: Buffer.from(text) };
}

function headOf(answer: IncomingMessage, origins: ReadonlyMap<string, string>): string {
  const headers = Object.entries(headersOf(answer.rawHeaders, (value) => inwards(origins, value)));
  const lines = headers.flatMap(([name, values]) => values.map((value) => `${name}: ${value}`));
  return [`HTTP/1.1 ${answer.statusCode ?? 0} ${answer.statusMessage ?? ""}`, ...lines, "", ""].join("\r\n");
}

function headersOf(raw: readonly string[], change: (value: string) => string): Record<string, string[]> {
  const headers: Record<string, string[]> = {};
  for (let at = 0; at < raw.length; at += 2) {
    const name = (raw[at] ?? "").toLowerCase();
    (headers[name] ??= []).push(change(raw[at + 1] ?? ""));
  }
  return headers;
}

/** The stand-in's own addresses become the relay's: it must not tell clients a way around. */
function inwards(origins: ReadonlyMap<string, string>, text: string): string {
  return [...origins].reduce((kept, [own, relay]) => kept.replaceAll(hostOf(own), hostOf(relay)), text);
}

function outwards(origins: ReadonlyMap<string, string>, text: string): string {
  return [...origins].reduce((kept, [own, relay]) => kept.replaceAll(hostOf(relay), hostOf(own)), text);
}

const originOf = (url: string): string => new URL(url).origin;
const hostOf = (origin: string): string => new URL(origin).host;
const pathOf = (incoming: IncomingMessage): string => new URL(incoming.url ?? "/", "https://localhost").pathname;

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("the relay has no TCP address");
  return address.port;
}

async function stop(server: Server & { readonly sockets: Set<Duplex> }): Promise<void> {
  const closed = once(server, "close");
  server.close();
  for (const socket of server.sockets) socket.destroy();
  await closed;
}
