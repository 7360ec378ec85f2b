import { z } from "zod";
import { mintToken, type AccessToken } from "../../fixtures/client/tokens.ts";
import { createUser } from "../../fixtures/client/users.ts";
import { StagingError } from "../../fixtures/contract/errors.ts";
import type { Target } from "../../fixtures/target/target.ts";
import { exchangeByHand } from "../exchange.ts";
import { errorCode, requestTarget } from "../target-request.ts";
import { CHECK_MS, ok, problem, type CheckResult } from "./check.ts";

/** A token check: what was found, and the token where it may be used further. */
export interface TokenCheck {
  readonly name: string;
  readonly result: CheckResult;
  readonly token: AccessToken | null;
}

const verifySchema = z.looseObject({
  valid: z.boolean(),
  user_id: z.string().optional(),
  error: z.string().optional(),
});

const DRIFT_FIX = {
  exchanged: "The auth service refuses its own token: look at its logs (two instances with different secrets?).",
  minted: "JWT_SECRET_STAGING is not the secret of the service: get the current one from the secret manager.",
} as const;

async function verify(target: Target, token: AccessToken): Promise<CheckResult> {
  const answer = await requestTarget(target, `${target.urls.auth}/auth/verify`, {
    timeoutMs: CHECK_MS,
    method: "POST",
    headers: { authorization: `Bearer ${token.value}` },
  });
  const body = verifySchema.safeParse(answer.json).data;
  if (body === undefined) {
    return problem(
      `POST /auth/verify → ${String(answer.status)} without a verdict`,
      "Look at the auth service's logs.",
    );
  }
  if (!body.valid)
    return problem(`${token.provenance}, refused: ${body.error ?? "no reason"}`, DRIFT_FIX[token.provenance]);
  if (body.user_id !== token.user.id) {
    return problem(
      `${token.provenance} for ${token.user.id}, verified as ${body.user_id ?? "nobody"}`,
      "The service confuses identities: look for a cached or demo identity.",
    );
  }
  return ok(`${token.provenance}, accepted as ${token.user.id}`);
}

async function checkToken(name: string, target: Target, obtain: () => Promise<AccessToken>): Promise<TokenCheck> {
  try {
    const token = await obtain();
    const result = await verify(target, token);
    return { name, result, token: result.state === "ok" ? token : null };
  } catch (error) {
    const result =
      error instanceof StagingError
        ? problem(error.happened, error.next)
        : problem(`POST /auth/verify: ${errorCode(error)}`, "Look at the auth service's logs.");
    return { name, result, token: null };
  }
}

/** Gets a token in each way that is configured, and has the auth service verify it. */
export async function checkTokens(target: Target, runId: string): Promise<readonly TokenCheck[]> {
  const checks: TokenCheck[] = [];
  const { bypassKey, jwtSecret } = target;
  if (bypassKey !== null) {
    const user = createUser(runId, "doctor", 0);
    checks.push(await checkToken("token by exchange", target, () => exchangeByHand(target, bypassKey, user)));
  }
  if (jwtSecret !== null) {
    const user = createUser(runId, "doctor", 1);
    checks.push(await checkToken("token minted", target, () => mintToken(jwtSecret, user)));
  }
  return checks;
}
