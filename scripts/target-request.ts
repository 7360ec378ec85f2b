import { Agent, request } from "undici";
import { z } from "zod";
import type { Target } from "../fixtures/target/target.ts";
import { trustedCertificates } from "../fixtures/target/trust.ts";

/** An HTTP answer, read whole. */
export interface Answer {
  readonly status: number;
  readonly date: string | null;
  readonly contentType: string;
  readonly text: string;
  /** The body as JSON, or undefined where it is none. */
  readonly json: unknown;
}

export interface RequestOptions {
  readonly timeoutMs: number;
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
}

const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.issues.push({ code: "custom", message: "no JSON", input: text });
    return z.NEVER;
  }
});

/** The `code` of a system, TLS or HTTP client error, its cause's where it wraps one, else its name. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return "UNKNOWN";
  const code: unknown = Reflect.get(error, "code");
  if (typeof code === "string" && code !== "UND_ERR_SOCKET") return code;
  return error.cause instanceof Error ? errorCode(error.cause) : typeof code === "string" ? code : error.name;
}

/** The CA option of a connection to the target; empty where the system's own authorities do. */
export function caOption(target: Pick<Target, "kind" | "ca">): { ca?: string[] } {
  const ca = trustedCertificates(target);
  return ca === undefined ? {} : { ca: [...ca] };
}

/** One request to the target on a connection of its own, bounded by `timeoutMs`. Rejects with the client's error. */
export async function requestTarget(target: Target, url: string, options: RequestOptions): Promise<Answer> {
  const { timeoutMs, method = "GET", headers, json } = options;
  const dispatcher = new Agent({ allowH2: false, connect: { timeout: timeoutMs, ...caOption(target) } });
  try {
    const response = await request(url, {
      dispatcher,
      method,
      headers: { ...(json === undefined ? {} : { "content-type": "application/json" }), ...headers },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.body.text();
    return {
      status: response.statusCode,
      date: headerText(response.headers["date"]),
      contentType: headerText(response.headers["content-type"]) ?? "",
      text,
      json: jsonText.safeParse(text).data,
    };
  } finally {
    await dispatcher.destroy();
  }
}

function headerText(value: string | string[] | undefined): string | null {
  return Array.isArray(value) ? (value[0] ?? null) : (value ?? null);
}
