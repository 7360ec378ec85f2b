import { connect as connectTcp, isIP } from "node:net";
import { connect as connectTls, type PeerCertificate, type TLSSocket } from "node:tls";
import { BOUNDS } from "../../fixtures/contract/limits.ts";
import { resolveHost } from "../../fixtures/target/host-policy.ts";
import { hostAndPort, hostOf } from "../../fixtures/contract/target-urls.ts";
import type { Target } from "../../fixtures/target/target.ts";
import { caOption, errorCode } from "../target-request.ts";
import { CHECK_MS, ok, problem, type CheckResult } from "./check.ts";

/** What the network checks ask of the target. */
export interface NetworkRules {
  readonly allowPrivateNetwork: boolean;
}

const DNS_FIX = "Check the name, and whether this machine's resolver (or a VPN) knows it.";

/** Resolves a host and classifies its addresses. */
export async function checkDns(origin: string, rules: NetworkRules): Promise<CheckResult> {
  const host = hostOf(origin);
  try {
    const addresses = await resolveHost(host, { timeoutMs: CHECK_MS });
    const shown = addresses.map((entry) => `${entry.address} (${entry.class})`).join(", ");
    const inner = addresses.some((entry) => entry.class !== "public");
    if (!inner || rules.allowPrivateNetwork) return ok(`${host} → ${shown}`);
    return problem(
      `${host} → ${shown}: not a public address`,
      "If staging is really there, set STAGING_ALLOW_PRIVATE_NETWORK=1; else correct the name or the resolver.",
    );
  } catch (error) {
    return problem(`${host} does not resolve (${errorCode(error)})`, DNS_FIX);
  }
}

/** Opens and closes a TCP connection. */
export async function checkTcp(origin: string): Promise<CheckResult> {
  const host = hostOf(origin);
  const port = hostAndPort(origin).port;
  const startedAt = performance.now();
  const socket = connectTcp({ host, port, timeout: CHECK_MS });
  try {
    await ready(socket, "connect");
    const address = socket.remoteAddress ?? "unknown";
    return ok(`${address} port ${String(port)} accepts in ${elapsed(startedAt)}`);
  } catch (error) {
    const code = errorCode(error);
    return problem(`${host} port ${String(port)}: ${code}`, TCP_FIXES[code] ?? TCP_FIXES["ETIMEDOUT"] ?? DNS_FIX);
  } finally {
    socket.destroy();
  }
}

const TCP_FIXES: Readonly<Record<string, string>> = {
  ECONNREFUSED: "Nothing listens there: is the service deployed, and the port right?",
  ETIMEDOUT: "Packets get no answer: check the network, a firewall, a VPN that should be up.",
  EHOSTUNREACH: "There is no route: check the network, a VPN that should be up.",
  ENETUNREACH: "There is no route: check the network, a VPN that should be up.",
};

const TLS_FIXES: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "Renew the certificate (or correct this machine's clock).",
  CERT_NOT_YET_VALID: "Correct this machine's clock, or deploy the certificate that is valid now.",
  ERR_TLS_CERT_ALTNAME_INVALID:
    "The certificate is another host's: correct the URL, or the domain mapping of the service.",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "The service sends no intermediate certificate: serve the whole chain.",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "The authority is not known here: give its certificate by STAGING_CA_FILE.",
  SELF_SIGNED_CERT_IN_CHAIN: "The authority is not known here: give its certificate by STAGING_CA_FILE.",
  DEPTH_ZERO_SELF_SIGNED_CERT: "The certificate is self-signed: if it is staging's own, give it by STAGING_CA_FILE.",
};

const DAY_MS = 86_400_000;

/** A full TLS handshake: chain and host name verified, version, days left. */
export async function checkTls(origin: string, target: Target): Promise<CheckResult> {
  const host = hostOf(origin);
  const startedAt = performance.now();
  const socket = connectTls({
    host,
    port: hostAndPort(origin).port,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    timeout: CHECK_MS,
    ...caOption(target),
  });
  try {
    await ready(socket, "secureConnect");
    return certificateResult(socket, elapsed(startedAt));
  } catch (error) {
    const code = errorCode(error);
    const fix = TLS_FIXES[code] ?? "See what answers on that port: `openssl s_client -connect` shows the handshake.";
    return problem(`${host}: ${code}`, fix);
  } finally {
    socket.destroy();
  }
}

function certificateResult(socket: TLSSocket, took: string): CheckResult {
  const certificate: PeerCertificate = socket.getPeerCertificate();
  const days = Math.floor((Date.parse(certificate.valid_to) - Date.now()) / DAY_MS);
  const detail = `${socket.getProtocol() ?? "unknown version"} in ${took}, issued by ${issuer(certificate)}, ${String(days)} days left`;
  if (days >= BOUNDS.certificateDays) return ok(detail);
  return problem(detail, `Renew the certificate: it has fewer than ${String(BOUNDS.certificateDays)} days left.`);
}

function issuer({ issuer: { CN, O } }: PeerCertificate): string {
  return [CN ?? O ?? "an unnamed authority"].flat().join(" ");
}

function ready(socket: ReturnType<typeof connectTcp>, event: "connect" | "secureConnect"): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => {
    reject(Object.assign(new Error("no answer"), { code: "ETIMEDOUT" }));
  }, CHECK_MS);
  socket.once(event, () => {
    resolve(undefined);
  });
  // Stays on after the promise is settled: a late error of a closing socket must not end the program.
  socket.on("error", reject);
  return promise.finally(() => {
    clearTimeout(timer);
  });
}

function elapsed(since: number): string {
  return `${(performance.now() - since).toFixed(0)} ms`;
}
