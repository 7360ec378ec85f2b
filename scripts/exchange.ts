import { USER_PERMISSIONS } from "../fixtures/contract/claims.ts";
import { StagingError } from "../fixtures/contract/errors.ts";
import { tokenAnswerSchema, tokenOf, type AccessToken } from "../fixtures/client/tokens.ts";
import type { TestUser } from "../fixtures/client/users.ts";
import type { Target } from "../fixtures/target/target.ts";
import { errorCode, requestTarget } from "./target-request.ts";

/** Longest wait for the auth service, in milliseconds. */
const EXCHANGE_MS = 5_000;

function exchangeError(happened: string, next: string, cause?: unknown): StagingError {
  return new StagingError("E2E_TOKEN_EXCHANGE", {
    happened,
    expected: "200 and a token of the user that was asked for",
    next,
    service: "auth",
    cause,
  });
}

/**
 * Exchanges the bypass key for a token outside any test, where no case can declare the call's outcome.
 *
 * @throws {StagingError} `E2E_TOKEN_EXCHANGE`
 */
export async function exchangeByHand(target: Target, bypassKey: string, user: TestUser): Promise<AccessToken> {
  const url = `${target.urls.auth}/auth/e2e/test-auth`;
  const answer = await requestTarget(target, url, {
    timeoutMs: EXCHANGE_MS,
    method: "POST",
    headers: { "x-e2e-bypass-key": bypassKey },
    json: { email: user.email, name: "Staging suite", permissions: USER_PERMISSIONS, simulate_oauth: true },
  }).catch((cause: unknown) => {
    throw exchangeError(
      `POST ${url} got no answer (${errorCode(cause)})`,
      "Run npm run doctor: it tells DNS, TCP and TLS apart.",
      cause,
    );
  });
  const body = tokenAnswerSchema.safeParse(answer.json).data;
  if (answer.status !== 200 || body === undefined || body.user.email !== user.email) {
    const next =
      answer.status === 401
        ? "The bypass key is not the one the service has: get the current one from the secret manager."
        : "Look for this request in the auth service's logs; 503 means it has no bypass key or is not staging.";
    const what = answer.status === 200 ? "200 with another body than a token of this user" : String(answer.status);
    throw exchangeError(`POST ${url} answered ${what}`, next);
  }
  return tokenOf(body);
}
