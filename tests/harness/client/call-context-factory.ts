import { expect } from "vitest";
import { AffinityCookies } from "../../../fixtures/client/affinity-cookies.ts";
import type { CallContext } from "../../../fixtures/client/call-context.ts";
import { workerRedactor } from "../../../fixtures/client/excerpt.ts";
import { HostHealth } from "../../../fixtures/client/hosts.ts";
import { LeakWatch } from "../../../fixtures/client/leak-watch.ts";
import { targetSecrets } from "../../../fixtures/target/redaction.ts";
import { targetSchema } from "../../../fixtures/target/target.ts";

/** What a case's clients share, for a target that is one plain HTTP server on this machine. */
export function createCallContext(port: number, jwtSecret: string | null = null): CallContext {
  const url = `http://127.0.0.1:${port}`;
  const target = targetSchema.parse({
    kind: "staging",
    urls: { backend: url, auth: url, frontend: url },
    websocket: url.replace("http", "ws"),
    ca: null,
    bypassKey: null,
    jwtSecret,
    expectedRevision: null,
    chromium: null,
    tier: "full",
    has: [],
    concurrency: 2,
    settings: {},
  });
  workerRedactor.learn(targetSecrets(target));
  return {
    target,
    hosts: new HostHealth([]),
    expect,
    cookies: new AffinityCookies(),
    leaks: new LeakWatch(workerRedactor),
  };
}
