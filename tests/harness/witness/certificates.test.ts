import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import https from "node:https";
import { describe, expect, test } from "vitest";
import { healthyTls } from "../../../fixtures/stand-in/behaviour/tls.ts";
import { createAuthority, type Authority } from "../../../fixtures/stand-in/pki/authority.ts";
import { calibrate } from "../../../fixtures/witness/calibration.ts";
import { judgePass } from "../../../fixtures/witness/judgement.ts";
import type { CaseLedger, SocketRecord } from "../../../fixtures/witness/ledger.ts";
import { describeEndpoints } from "../../../fixtures/witness/reference.ts";
import {
  createCalibration,
  createDeclaration,
  createExchange,
  createLedger,
  createSocket,
  URLS,
} from "../record-factory.ts";

/** A socket of the backend whose other end showed this certificate. */
function showing(fingerprint256: string, issuerFingerprint256: string | null): SocketRecord {
  const socket = createSocket({ exchanges: [createExchange()] });
  const { tls } = socket.identity;
  if (tls === null) throw new TypeError("the factory's sockets have TLS");
  return { ...socket, identity: { ...socket.identity, tls: { ...tls, fingerprint256, issuerFingerprint256 } } };
}

function caseOver(socket: SocketRecord): CaseLedger {
  return createLedger("HEALTH-01", { sockets: [socket], declarations: [createDeclaration()] });
}

describe("a certificate that calibration was not shown", () => {
  const before = [createCalibration("backend", { sockets: [showing("AA:AA", "11:11")] })];
  const renewed = caseOver(showing("BB:BB", "22:22"));
  const judgeAtEnd = (ledger: CaseLedger, after: readonly SocketRecord[]): readonly string[] => {
    const closing = [createCalibration("backend", { sockets: [...after] })];
    return judgePass(ledger, describeEndpoints(URLS, before, [ledger], closing), undefined).map(({ code }) => code);
  };

  test("is honest where it was renewed in mid-run: the closing probes are shown it too", () => {
    expect(judgeAtEnd(renewed, [showing("BB:BB", "22:22")])).toEqual([]);
  });

  test("is honest where another front end has one of the renewed issuer", () => {
    expect(judgeAtEnd(renewed, [showing("EE:EE", "22:22")])).toEqual([]);
  });

  test("is an impostor's where nobody is shown it after the cases", () => {
    expect(judgeAtEnd(renewed, [showing("AA:AA", "11:11")])).toEqual(["WRONG_CERTIFICATE"]);
    expect(judgeAtEnd(renewed, [])).toEqual(["WRONG_CERTIFICATE"]);
  });

  test("is not made honest by a closing probe that was shown it unverified", () => {
    const socket = showing("BB:BB", "22:22");
    const { tls } = socket.identity;
    const unverified = { ...socket, identity: { ...socket.identity, tls: tls && { ...tls, authorized: false } } };

    expect(judgeAtEnd(renewed, [unverified])).toEqual(["WRONG_CERTIFICATE"]);
  });

  test("is no other's for want of an issuer: two that name none have none in common", () => {
    expect(judgeAtEnd(caseOver(showing("BB:BB", null)), [showing("AA:AA", null)])).toEqual(["WRONG_CERTIFICATE"]);
  });

  test("is not judged while the run goes on, when it is not known yet", () => {
    expect(judgePass(renewed, describeEndpoints(URLS, before), undefined)).toEqual([]);
  });
});

interface Server extends AsyncDisposable {
  readonly url: string;
  /** The intermediate that issued its leaf. */
  readonly issuer: string;
}

/** A server that sends its leaf and nothing of the chain, as a misconfigured front end does. */
async function startLeafAlone(authority: Authority): Promise<Server> {
  const { certificateChain, privateKey } = await authority.issue(healthyTls());
  const [leaf = "", issuer = ""] = certificateChain.split(/(?<=-----END CERTIFICATE-----\n)/);
  const server = https.createServer({ cert: leaf, key: privateKey }, (_request, response) => response.end("{}"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("the server has no TCP port");
  return {
    url: `https://localhost:${address.port}`,
    issuer,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

test("where the leaf is sent alone, its issuer is the one that the socket trusts", async () => {
  const authority = await createAuthority();
  await using server = await startLeafAlone(authority);

  const [calibration] = await calibrate({
    urls: { backend: server.url },
    ca: [authority.ca, server.issuer],
    attempts: 1,
  });

  expect(calibration?.sockets.map(({ identity: { tls } }) => [tls?.authorized, tls?.issuerFingerprint256])).toEqual([
    [true, new X509Certificate(server.issuer).fingerprint256],
  ]);
});

test("an impostor's issuer is another, though it has the same name", async () => {
  const [own, impostors] = await Promise.all([createAuthority(), createAuthority()]);
  await using target = await startLeafAlone(own);
  await using impostor = await startLeafAlone(impostors);
  const issuerAt = async ({ url, issuer }: Server, { ca }: Authority): Promise<string | null | undefined> => {
    const [calibration] = await calibrate({ urls: { backend: url }, ca: [ca, issuer], attempts: 1 });
    return calibration?.sockets[0]?.identity.tls?.issuerFingerprint256;
  };

  expect(new X509Certificate(impostor.issuer).subject).toBe(new X509Certificate(target.issuer).subject);
  expect(await issuerAt(impostor, impostors)).not.toBe(await issuerAt(target, own));
});
