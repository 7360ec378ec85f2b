import { SERVICES, type Service } from "../../fixtures/contract/services.ts";
import type { Target } from "../../fixtures/target/target.ts";
import { notChecked, type CheckResult, type NamedResult } from "./check.ts";
import { checkClock, checkHealth, probeHealth, type HealthProbe } from "./http-checks.ts";
import { checkDns, checkTcp, checkTls, type NetworkRules } from "./network-checks.ts";
import { checkTokens } from "./token-checks.ts";
import { checkUpgrade } from "./upgrade-check.ts";

interface Host {
  readonly name: string;
  readonly origin: string;
  readonly service: Service | null;
  /** The first problem of this host; what builds on it is not checked. */
  failed: string | null;
}

function hostsOf({ urls, websocket }: Target): Host[] {
  const hosts: Host[] = [];
  for (const service of SERVICES) {
    const origin = urls[service];
    if (origin !== undefined) hosts.push({ name: service, origin, service, failed: null });
  }
  const origin = websocket.replace(/^wss:/, "https:");
  if (!hosts.some((host) => host.origin === origin)) {
    hosts.push({ name: "websocket", origin, service: null, failed: null });
  }
  return hosts;
}

/**
 * Examines a target step by step, each step only where the one before it held: DNS, TCP, TLS, clock, health, token,
 * upgrade. Yields a result as soon as it is there; the hosts of a step are asked at the same time.
 */
export async function* examine(target: Target, rules: NetworkRules, runId: string): AsyncGenerator<NamedResult> {
  const hosts = hostsOf(target);
  const step = async function* (title: string, check: (host: Host) => CheckResult | Promise<CheckResult>) {
    const checked = hosts.map(async (host) => ({
      host,
      result: host.failed === null ? await check(host) : notChecked(`after ${host.failed}`),
    }));
    for (const { host, result } of await Promise.all(checked)) {
      if (result.state === "problem") host.failed ??= `${title} of ${host.name}`;
      yield { ...result, name: `${title} ${host.name}` };
    }
  };

  yield* step("DNS", ({ origin }) => checkDns(origin, rules));
  yield* step("TCP", ({ origin }) => checkTcp(origin));
  yield* step("TLS", ({ origin }) => checkTls(origin, target));

  const probes = new Map<Host, HealthProbe>();
  const probed = hosts.map(async (host) => {
    const { service, origin } = host;
    if (service !== null && host.failed === null) probes.set(host, await probeHealth(service, origin, target));
  });
  await Promise.all(probed);
  for (const [title, check] of [
    ["clock", checkClock],
    ["health", checkHealth],
  ] as const) {
    for (const host of hosts.filter(({ service }) => service !== null)) {
      const probe = probes.get(host);
      const result = probe === undefined ? notChecked(`after ${host.failed ?? "an earlier problem"}`) : check(probe);
      yield { ...result, name: `${title} ${host.name}` };
    }
  }

  const auth = hosts.find(({ service }) => service === "auth");
  if (auth !== undefined && auth.failed !== null) {
    yield { ...notChecked(`after ${auth.failed}`), name: "token" };
    yield { ...notChecked(`after ${auth.failed}`), name: "upgrade" };
    return;
  }
  const tokens = await checkTokens(target, runId);
  for (const { name, result } of tokens) yield { ...result, name };

  const socketOrigin = target.websocket.replace(/^wss:/, "https:");
  const socketHost = hosts.find(({ origin }) => origin === socketOrigin);
  const accepted = tokens.flatMap(({ token }) => token ?? []);
  if (socketHost !== undefined && socketHost.failed !== null) {
    yield { ...notChecked(`after ${socketHost.failed}`), name: "upgrade" };
  } else if (accepted.length === 0) {
    yield { ...notChecked("no token was accepted"), name: "upgrade" };
  }
  for (const token of socketHost?.failed === null ? accepted : []) {
    yield { ...(await checkUpgrade(target, token)), name: `upgrade (${token.provenance})` };
  }
}
