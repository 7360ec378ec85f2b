import { expect, test } from "vitest";
import { LeakWatch } from "../../../fixtures/client/leak-watch.ts";
import type { Service } from "../../../fixtures/contract/services.ts";
import type { Failure } from "../../../fixtures/evidence/run-record.ts";
import { Redactor } from "../../../fixtures/target/redaction.ts";
import { causesOf, failed, findingsOf, http, passed } from "./scenario.ts";

const BYPASS_KEY = "bypass-5f0c2a9e7d";
const TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1LTEifQ.c2lnbmF0dXJl";
const EXCHANGE = "POST auth /auth/e2e/test-auth";

/** The failure of a case whose client met an answer that gives a secret away. */
function leak(service: Service, call: string, text: string): Partial<Failure> {
  const watch = new LeakWatch(new Redactor([{ name: "the bypass key", value: BYPASS_KEY }]));
  const error = watch.inspect({ service, call, text, token: TOKEN });
  return { code: error?.code ?? null, message: error?.message ?? "", service };
}

const refused = (path: string, service: Service) =>
  http(path, 401, { service, method: "POST", outcome: "unauthorized", met: true });

test("a key in the text of a refusal is its sender's, and the finding does not hold it", () => {
  const failure = leak("auth", EXCHANGE, `Invalid E2E bypass key: expected ${BYPASS_KEY}`);
  const scenes = ["AUTH-09/wrong", "AUTH-09/absent"].map((id) =>
    failed(id, failure, refused("/auth/e2e/test-auth", "auth")),
  );

  const findings = findingsOf(scenes);

  expect(findings).toMatchObject([
    {
      code: "SECRET_SENT_BACK",
      team: "auth",
      title: expect.stringContaining("auth sends back the bypass key"),
      happened: `${EXCHANGE} was answered with the bypass key [AUTH-09/wrong]`,
      cases: ["AUTH-09/wrong", "AUTH-09/absent"],
    },
  ]);
  expect(JSON.stringify(findings)).not.toContain(BYPASS_KEY);
});

test("a caller's token in an error is another finding than another service's key", () => {
  const message = "POST backend /api/chat/messages";
  const findings = findingsOf([
    failed("AUTH-08/bad-token", leak("backend", message, TOKEN), refused("/api/chat/messages", "backend")),
    failed("AUTH-09/wrong", leak("auth", EXCHANGE, BYPASS_KEY), refused("/auth/e2e/test-auth", "auth")),
  ]);

  expect(findings.map(({ code, team, cases }) => [code, team, cases])).toEqual([
    ["SECRET_SENT_BACK", "backend", ["AUTH-08/bad-token"]],
    ["SECRET_SENT_BACK", "auth", ["AUTH-09/wrong"]],
  ]);
  expect(findings[0]?.reproduction).toMatch(/curl .*-X POST .*\$TOKEN.*\/api\/chat\/messages$/);
  expect(JSON.stringify(findings)).not.toContain(TOKEN);
});

test("on a socket it is the backend's, also where a deeper cause explains the case", () => {
  const failure = leak("direct", "the upgrade of /ws", `{"type":"error","message":"${TOKEN}"}`);
  const findings = findingsOf([failed("AUTH-07/expired-in-header", failure)]);

  expect(findings).toMatchObject([
    { code: "SECRET_SENT_BACK", team: "backend", reproduction: expect.stringMatching(/wscat/) },
  ]);
});

test("where a service answers nothing but errors that repeat the token, both are told", () => {
  const broken = (id: string, path: string) =>
    failed(id, leak("backend", `GET backend ${path}`, TOKEN), http(path, 500));
  const scenes = [broken("FLOW-09", "/api/threads"), broken("AUTH-04", "/api/chat/messages")];

  expect(causesOf(scenes)).toEqual({ BACKEND_ANSWERS_5XX: ["FLOW-09", "AUTH-04"], SECRET_SENT_BACK: [] });
});

test("a token let in, and a refusal that repeats nothing, are none of it", () => {
  expect(
    causesOf([
      failed("AUTH-09/wrong", { code: "E2E_LET_IN", service: "auth", message: `${EXCHANGE} answered 200` }),
      passed("AUTH-08/bad-token", refused("/api/chat/messages", "backend")),
    ]),
  ).not.toHaveProperty("SECRET_SENT_BACK");
});
