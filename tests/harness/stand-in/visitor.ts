import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";

import { Agent, request, type Dispatcher } from "undici";
import { WebSocket } from "ws";
import { z } from "zod";

import type { StandIn } from "../../../fixtures/stand-in/index.ts";

const objectSchema = z.record(z.string(), z.unknown());
const WAIT_MS = 5_000;

export type Frame = Record<string, unknown>;

interface Answer {
  readonly status: number;
  readonly headers: Dispatcher.ResponseData["headers"];
  readonly text: string;
  /** The body as a JSON object; fails when it is none. */
  readonly body: Frame;
}

export interface AskOptions {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE" | "OPTIONS";
  readonly token?: string | undefined;
  readonly headers?: Record<string, string>;
  readonly json?: unknown;
}

/** A client of the stand-in that shares no code with the suite's own. */
export interface Visitor {
  ask(url: string, options?: AskOptions): Promise<Answer>;
  exchange(email?: string): Promise<{ access: string; refresh: string; id: string }>;
  open(path: string, options?: OpenOptions): Promise<OpenedSocket>;
}

interface OpenOptions {
  readonly token?: string;
  readonly protocols?: readonly string[];
  readonly headers?: Record<string, string>;
}

/** An upgrade's outcome: a status when it was refused, else the frames and the close as they come in. */
export interface OpenedSocket {
  readonly status: number;
  readonly socket: WebSocket;
  readonly frames: Frame[];
  readonly closed: Promise<{ code: number; reason: string }>;
  send(message: unknown): void;
  /** The first frame, past or future, that meets the condition; rejects after 5 s with what was seen. */
  next(meets: (frame: Frame) => boolean): Promise<Frame>;
}

/** Opens a client; disposing it closes its connections. */
export function openVisitor(standIn: StandIn): Visitor & AsyncDisposable {
  const dispatcher = new Agent({ connect: { ca: standIn.ca } });
  const sockets: WebSocket[] = [];

  async function ask(url: string, { method = "GET", token, headers = {}, json }: AskOptions = {}): Promise<Answer> {
    const response = await request(url, {
      dispatcher,
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(json === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
    const text = await response.body.text();
    return {
      status: response.statusCode,
      headers: response.headers,
      text,
      get body() {
        return objectSchema.parse(JSON.parse(text));
      },
    };
  }

  return {
    ask,
    async exchange(email = `visitor-${randomUUID()}@staging.netrasystems.ai`) {
      const answer = await ask(`${standIn.urls.auth}/auth/e2e/test-auth`, {
        method: "POST",
        headers: { "x-e2e-bypass-key": standIn.bypassKey },
        json: { email },
      });
      const schema = z.object({
        access_token: z.string(),
        refresh_token: z.string(),
        user: z.object({ id: z.string() }),
      });
      const { access_token, refresh_token, user } = schema.parse(answer.body);
      return { access: access_token, refresh: refresh_token, id: user.id };
    },
    async open(path, { token, protocols = [], headers = {} } = {}) {
      const socket = new WebSocket(`${standIn.urls.websocket}${path}`, [...protocols], {
        ca: standIn.ca,
        headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
      });
      sockets.push(socket);
      return opened(socket);
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.terminate();
      await dispatcher.destroy();
    },
  };
}

async function opened(socket: WebSocket): Promise<OpenedSocket> {
  const frames: Frame[] = [];
  const watchers = new Set<() => void>();
  socket.on("error", () => undefined);
  socket.on("message", (data) => {
    frames.push(objectSchema.parse(JSON.parse(Buffer.isBuffer(data) ? data.toString("utf8") : "null")));
    for (const watch of watchers) watch();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once("close", (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  const status = await new Promise<number>((resolve, reject) => {
    socket.once("open", () => resolve(101));
    socket.once("unexpected-response", (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.once("error", reject);
  });
  return {
    status,
    socket,
    frames,
    closed,
    send: (message) => socket.send(typeof message === "string" ? message : JSON.stringify(message)),
    next(meets) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const found = frames.find(meets);
          if (found === undefined) return;
          settle();
          resolve(found);
        };
        const timer = setTimeout(() => {
          settle();
          reject(new Error(`no such frame within ${WAIT_MS} ms; received ${JSON.stringify(frames)}`));
        }, WAIT_MS);
        const settle = () => {
          clearTimeout(timer);
          watchers.delete(look);
        };
        watchers.add(look);
        look();
      });
    },
  };
}

/** Closes the socket and waits until both sides have done so. */
export async function closeSocket({ socket }: OpenedSocket): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return;
  socket.close(1000);
  await once(socket, "close");
}

/** Signs any header and claims with a secret, right or wrong. */
export function signToken(secret: string, claims: Frame, header: Frame = { alg: "HS256", typ: "JWT" }): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${encode(header)}.${encode(claims)}`;
  const hash = header["alg"] === "HS512" ? "sha512" : "sha256";
  const signature = header["alg"] === "none" ? "" : createHmac(hash, secret).update(signed).digest("base64url");
  return `${signed}.${signature}`;
}

/** Claims of an access token that nothing is wrong with. */
export function soundClaims(changes: Frame = {}): Frame {
  const now = Math.floor(Date.now() / 1000);
  return {
    sub: "visitor",
    email: "visitor@staging.netrasystems.ai",
    permissions: [],
    iat: now,
    exp: now + 600,
    iss: "netra-auth-service",
    aud: "netra-platform",
    jti: randomUUID(),
    type: "access",
    token_type: "access",
    env: "staging",
    ...changes,
  };
}
