import { expect, test } from "vitest";

import { startStandIn, type StandIn } from "../../../fixtures/stand-in/index.ts";
import { openVisitor, signToken, soundClaims, type Frame, type Visitor } from "./visitor.ts";

const now = Math.floor(Date.now() / 1000);
const HOUR_SECONDS = 3_600;

/** Each flaw of a token as its claims and header, made with the right secret unless the flaw is the secret. */
const REFUSED: readonly (readonly [flaw: string, token: (secret: string) => string])[] = [
  ["expired", signed({ iat: now - 2 * HOUR_SECONDS, exp: now - HOUR_SECONDS })],
  ["not-yet-valid", signed({ nbf: now + HOUR_SECONDS })],
  ["issued-in-future", signed({ iat: now + HOUR_SECONDS, exp: now + 2 * HOUR_SECONDS })],
  ["wrong-signature", () => signToken("another secret of at least 32 characters", soundClaims())],
  ["alg-none", signed({}, { alg: "none", typ: "JWT" })],
  ["other-algorithm", signed({}, { alg: "HS512", typ: "JWT" })],
  ["wrong-issuer", signed({ iss: "somebody-else" })],
  ["wrong-audience", signed({ aud: "another-platform" })],
  ["no-subject", signed({ sub: undefined })],
  ["refresh-token", signed({ type: "refresh", token_type: "refresh" })],
  ["truncated", (secret) => signToken(secret, soundClaims()).slice(0, -10)],
  ["oversized", signed({ padding: "x".repeat(9_000) })],
  ["other-environment", signed({ env: "production" })],
  ["not-a-jwt", () => "this-is-not-a-token-at-all"],
];

function signed(claims: Frame, header?: Frame): (secret: string) => string {
  return (secret) => signToken(secret, soundClaims(claims), header);
}

async function outcomes(standIn: StandIn, visitor: Visitor, rows: typeof REFUSED): Promise<readonly string[]> {
  return await Promise.all(
    rows.map(async ([flaw, make]) => {
      const token = make(standIn.jwtSecret);
      const rest = await visitor.ask(`${standIn.urls.backend}/api/threads`, { token });
      const socket = await visitor.open("/ws", { token });
      const first = await socket.next(() => true);
      socket.socket.terminate();
      return `${flaw}: ${rest.status}, ${first["type"] === "error_message" ? "refused" : "accepted"}`;
    }),
  );
}

test("REST and the socket refuse each flaw of a token, and accept the sound one", async () => {
  await using standIn = await startStandIn({ rttMs: 0 });
  await using visitor = openVisitor(standIn);

  expect(await outcomes(standIn, visitor, REFUSED)).toEqual(REFUSED.map(([flaw]) => `${flaw}: 401, refused`));
  const token = signToken(standIn.jwtSecret, soundClaims({ aud: undefined, token_type: undefined, env: undefined }));
  expect(await visitor.ask(`${standIn.urls.backend}/api/threads`, { token })).toMatchObject({ status: 200 });
  const socket = await visitor.open("/ws", { token });
  expect(await socket.next(() => true)).toMatchObject({ data: { user_id: "visitor" } });
});

const ACCEPTING = REFUSED.flatMap((row, index) => {
  const neighbour = REFUSED[(index + 1) % REFUSED.length] ?? row;
  return (["rest", "socket"] as const).map((where) => ({ where, flaw: row[0], rows: [row, neighbour] }));
});

test.each(ACCEPTING)(
  "$where-accepts-$flaw lets that flaw through there, and nothing else",
  async ({ where, flaw, rows }) => {
    await using standIn = await startStandIn({ rttMs: 0, faults: [`${where}-accepts-${flaw}`] });
    await using visitor = openVisitor(standIn);

    const [mutated, neighbour] = await outcomes(standIn, visitor, rows);

    expect(mutated).toBe(where === "rest" ? `${flaw}: 200, refused` : `${flaw}: 401, accepted`);
    expect(neighbour).toMatch(/: 401, refused$/);
  },
);

test("an exchanged token names its user everywhere, rotates, and ends at logout", async () => {
  await using standIn = await startStandIn({ rttMs: 0 });
  await using visitor = openVisitor(standIn);
  const { auth, backend } = standIn.urls;
  const pool = await visitor.exchange("staging-e2e-user-002@staging.netrasystems.ai");
  expect(pool.id).toBe("staging-e2e-user-002");
  const { access, refresh, id } = await visitor.exchange("somebody@staging.netrasystems.ai");
  expect(id).toBe("e2e-somebody");
  const renew = (token: string) =>
    visitor.ask(`${auth}/auth/refresh`, { method: "POST", json: { refresh_token: token } });

  expect(await renew(access)).toMatchObject({ status: 401 });
  const renewed = await renew(refresh);
  expect(renewed).toMatchObject({ status: 200, body: { token_type: "Bearer", expires_in: 900 } });
  expect(await renew(refresh)).toMatchObject({ status: 401, body: { detail: "Invalid refresh token" } });

  expect(await visitor.ask(`${auth}/auth/verify`, { token: access })).toMatchObject({
    body: { valid: true, user_id: id },
  });
  await visitor.ask(`${auth}/auth/logout`, { method: "POST", token: access });
  expect(await visitor.ask(`${auth}/auth/verify`, { token: access })).toMatchObject({
    status: 200,
    body: { valid: false },
  });
  expect(await visitor.ask(`${backend}/api/threads`, { token: access })).toMatchObject({ status: 401 });
  const socket = await visitor.open("/ws", { token: access });
  expect(await socket.next(() => true)).toMatchObject({ error_code: "VALIDATION_FAILED" });
});

test("bad tokens do not open a breaker, and test headers let nobody in", async () => {
  await using standIn = await startStandIn({ rttMs: 0 });
  await using visitor = openVisitor(standIn);
  const bad = signToken("another secret of at least 32 characters", soundClaims({ sub: "staging-e2e-user-001" }));
  const headers = { "x-e2e-test": "true", "x-test-type": "e2e", "x-test-environment": "staging" };

  for (let count = 0; count < 6; count += 1) {
    expect(await visitor.ask(`${standIn.urls.backend}/api/threads`, { token: bad, headers })).toMatchObject({
      status: 401,
    });
    const refused = await visitor.open("/ws", { token: bad, headers });
    expect(await refused.closed).toMatchObject({ code: 1008 });
  }
  const { access } = await visitor.exchange();
  expect(await visitor.ask(`${standIn.urls.backend}/api/threads`, { token: access })).toMatchObject({ status: 200 });
  expect((await visitor.open("/ws", { token: access })).status).toBe(101);
});

test("a wrong secret on one side breaks the socket and not REST", async () => {
  await using standIn = await startStandIn({ rttMs: 0, faults: ["jwt-secret-mismatch"] });
  await using visitor = openVisitor(standIn);
  const { access } = await visitor.exchange();

  expect(await visitor.ask(`${standIn.urls.backend}/api/threads`, { token: access })).toMatchObject({ status: 200 });
  expect(await (await visitor.open("/ws", { token: access })).closed).toMatchObject({ code: 1008 });
});
