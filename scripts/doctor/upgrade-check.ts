import { WebSocket } from "ws";
import type { AccessToken } from "../../fixtures/client/tokens.ts";
import { frameSchema, readError, readNotice, readWelcome, showsUser } from "../../fixtures/contract/frames.ts";
import type { Target } from "../../fixtures/target/target.ts";
import { caOption, errorCode } from "../target-request.ts";
import { CHECK_MS, ok, problem, type CheckResult } from "./check.ts";

const PATH = "/ws";

const STATUS_FIXES: Readonly<Record<number, string>> = {
  401: "The backend refuses a token that the auth service accepts: compare JWT_SECRET_STAGING of both services.",
  403: "Compare JWT_SECRET_STAGING of both services; 403 also means no WebSocket route, or a balancer that strips headers.",
  404: "The revision has no WebSocket route there: check what is deployed.",
  429: "Too many connections of this user: wait for earlier ones to be released.",
  500: "The upgrade fails in the backend's code: look for the exception in its logs.",
  502: "The load balancer gets no answer from the backend.",
  503: "The backend is not ready, or no instance is up.",
};

/** Opens a socket with a token that was verified, and waits for the welcome. */
export async function checkUpgrade(target: Target, token: AccessToken): Promise<CheckResult> {
  const { promise, resolve } = Promise.withResolvers<CheckResult>();
  const startedAt = performance.now();
  const socket = new WebSocket(`${target.websocket}${PATH}`, {
    headers: { authorization: `Bearer ${token.value}` },
    handshakeTimeout: CHECK_MS,
    ...caOption(target),
  });
  const timer = setTimeout(() => {
    resolve(
      problem(`${PATH}: no welcome within ${String(CHECK_MS)} ms`, "Look for this connection in the backend's logs."),
    );
  }, CHECK_MS);
  socket.on("unexpected-response", (request, { statusCode = 0 }) => {
    request.destroy();
    const fix = STATUS_FIXES[statusCode] ?? "Look for this upgrade in the backend's logs.";
    resolve(problem(`${PATH}: the upgrade was answered ${String(statusCode)}`, fix));
  });
  socket.on("error", (error) => {
    resolve(problem(`${PATH}: ${errorCode(error)}: ${error.message}`, "See the checks of this host above."));
  });
  socket.on("close", (code, reason) => {
    const fix = "Look for this close in the backend's logs.";
    resolve(problem(`${PATH}: closed ${String(code)} ${JSON.stringify(reason.toString())} before a welcome`, fix));
  });
  socket.on("message", (data, isBinary) => {
    const result = isBinary || !Buffer.isBuffer(data) ? undefined : greeting(data.toString("utf8"), token);
    if (result !== undefined) resolve(result === "welcome" ? welcomed(startedAt) : result);
  });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    socket.terminate();
  }
}

function welcomed(startedAt: number): CheckResult {
  return ok(`${PATH}: upgraded and welcomed in ${(performance.now() - startedAt).toFixed(0)} ms`);
}

/** What a frame says of the connection; undefined for one that decides nothing. */
function greeting(text: string, token: AccessToken): CheckResult | "welcome" | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return problem(`${PATH}: the first frame is no JSON`, "Something else answers in the backend's place.");
  }
  const frame = frameSchema.safeParse(value).data;
  if (frame === undefined || readNotice(frame) !== undefined) return undefined;
  const error = readError(frame);
  if (error !== undefined) {
    const fix = "Compare JWT_SECRET_STAGING of auth service and backend; the code says more.";
    return problem(`${PATH}: upgraded, then error ${error.code ?? "without a code"}`, fix);
  }
  const welcome = readWelcome(frame);
  if (welcome === undefined) return undefined;
  if (welcome.userId === undefined || showsUser(welcome.userId, token.user.id)) return "welcome";
  const fix = "The backend takes every token for one identity: look for demo mode or a cached identity.";
  return problem(`${PATH}: welcomed as another user than ${token.user.id}`, fix);
}
