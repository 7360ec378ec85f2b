import { z } from "zod";
import { BOUNDS } from "../../fixtures/contract/limits.ts";
import type { Service } from "../../fixtures/contract/services.ts";
import type { Target } from "../../fixtures/target/target.ts";
import { errorCode, requestTarget, type Answer } from "../target-request.ts";
import { CHECK_MS, ok, problem, type CheckResult } from "./check.ts";

const HEALTH_PATHS = {
  backend: "/health",
  auth: "/health",
  frontend: "/api/health",
  direct: "/health",
} as const satisfies Record<Service, string>;

/** A health request that was made once, for the clock and the health check both. */
export type HealthProbe = { readonly path: string; readonly roundTripMs: number } & (
  { readonly answer: Answer; readonly error?: undefined } | { readonly answer?: undefined; readonly error: string }
);

/** Asks a service for its health. */
export async function probeHealth(service: Service, origin: string, target: Target): Promise<HealthProbe> {
  const path = HEALTH_PATHS[service];
  const startedAt = performance.now();
  try {
    const answer = await requestTarget(target, `${origin}${path}`, { timeoutMs: CHECK_MS });
    return { path, answer, roundTripMs: performance.now() - startedAt };
  } catch (error) {
    return { path, error: errorCode(error), roundTripMs: performance.now() - startedAt };
  }
}

/** The service's clock against this machine's, to the second that `Date` has. */
export function checkClock(probe: HealthProbe): CheckResult {
  const serverMs = Date.parse(probe.answer?.date ?? "");
  if (Number.isNaN(serverMs)) return { state: "not checked", detail: "no Date header came" };
  const skew = Math.round((serverMs - Date.now()) / 1000);
  const detail = `the server's clock is ${String(Math.abs(skew))} s ${skew < 0 ? "behind" : "ahead"} (± 1 s)`;
  if (Math.abs(skew) <= 1) return ok("the clocks agree (± 1 s)");
  if (Math.abs(skew) <= BOUNDS.clockSkewSeconds) return ok(detail);
  return problem(detail, "Set this machine's clock by NTP; if it is right, the service's host is wrong.");
}

const healthSchema = z.looseObject({ status: z.string() });

/** The health endpoint: 200, JSON, `healthy`. */
export function checkHealth(probe: HealthProbe): CheckResult {
  const { path, answer } = probe;
  if (answer === undefined) {
    return problem(
      `GET ${path}: ${probe.error}`,
      "The connection works but no answer came: look at the service's logs.",
    );
  }
  const status = healthSchema.safeParse(answer.json).data?.status;
  const said = status === undefined ? `${answer.contentType || "no content type"}, no health JSON` : `"${status}"`;
  const detail = `GET ${path} → ${String(answer.status)}, ${said}, ${probe.roundTripMs.toFixed(0)} ms`;
  if (answer.status === 200 && status === "healthy") return ok(detail);
  if (status === undefined) {
    return problem(detail, "Something else answers in the service's place: check the URL and what is deployed there.");
  }
  return problem(detail, "The service says that it is not ready: its body and logs say which part.");
}
