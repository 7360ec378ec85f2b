import { describe, expect, test } from "vitest";
import { lint } from "./lint-fixture.ts";

interface Violation {
  readonly file: string;
  readonly code: string;
  readonly rule: string;
  /** What the message must say, so that its reader knows where the code belongs. */
  readonly says: string;
}

const DIRECTION = "staging-suite(import-direction)";

const IMPORTS: readonly Violation[] = [
  {
    file: "tests/health/a-client.test.ts",
    code: 'import { HttpClient } from "../../fixtures/client/http.ts"; export { HttpClient };',
    rule: DIRECTION,
    says: 'imports only entry, not "client" (fixtures/client/http.ts). Instead: make it a fixture in fixtures/index.ts',
  },
  {
    file: "tests/auth/a-package.test.ts",
    code: 'import { test } from "vitest"; export { test };',
    rule: DIRECTION,
    says: "imports no package, not vitest. Instead: make it a fixture",
  },
  {
    file: "tests/auth/a-sibling.test.ts",
    code: 'import { row } from "./rows.ts"; export { row };',
    rule: DIRECTION,
    says: 'not "cases" (tests/auth/rows.ts). Instead: make it a fixture in fixtures/index.ts, or export the word from',
  },
  {
    file: "tests/event-flow/lazily.test.ts",
    code: 'export const client = await import("../../fixtures/client/http.ts");',
    rule: DIRECTION,
    says: 'not "client"',
  },
  {
    file: "fixtures/client/upwards.ts",
    code: 'import { decide } from "../evidence/verdict.ts"; export { decide };',
    rule: DIRECTION,
    says: 'not "evidence" (fixtures/evidence/verdict.ts). Instead: a client records what it did through fixtures/witness',
  },
  {
    file: "fixtures/witness/knows-target.ts",
    code: 'export * from "../target/target.ts";',
    rule: DIRECTION,
    says: 'not "target" (fixtures/target/target.ts). Instead: the witness knows no client and no target',
  },
  {
    file: "fixtures/target/starts.ts",
    code: 'import { startStandIn } from "../stand-in/index.ts"; export { startStandIn };',
    rule: DIRECTION,
    says: "Instead: what starts the target belongs in fixtures/open-target.ts",
  },
  {
    file: "fixtures/evidence/sees-sockets.ts",
    code: 'import { tap } from "../witness/socket-tap.ts"; export { tap };',
    rule: DIRECTION,
    says: 'not "witness" (fixtures/witness/socket-tap.ts). Instead: let the witness put it into the ledger',
  },
  {
    file: "fixtures/diagnosis/writes.ts",
    code: 'import { renderConsole } from "../evidence/views/console.ts"; export { renderConsole };',
    rule: DIRECTION,
    says: 'not "evidence"',
  },
  {
    file: "fixtures/stand-in/shares.ts",
    code: 'import { LIMITS } from "../contract/limits.ts"; export { LIMITS };',
    rule: DIRECTION,
    says: 'imports nothing outside itself, not "contract" (fixtures/contract/limits.ts). Instead: write it again here',
  },
  {
    file: "fixtures/contract/knows.ts",
    code: 'export type { Target } from "../target/target.ts";',
    rule: DIRECTION,
    says: "Instead: the contract knows nobody",
  },
  {
    file: "fixtures/contract/talks.ts",
    code: 'export { request } from "undici";',
    rule: DIRECTION,
    says: "imports only zod, not undici",
  },
  {
    file: "scripts/enters.ts",
    code: 'export { test } from "../fixtures/index.ts";',
    rule: DIRECTION,
    says: 'not "entry" (fixtures/index.ts). Instead: use fixtures/client, which needs no running case',
  },
  {
    file: "fixtures/index.ts",
    code: 'export { startStandIn } from "./stand-in/index.ts";',
    rule: DIRECTION,
    says: 'not "stand-in"',
  },
];

const HABITS: readonly Violation[] = [
  {
    file: "fixtures/client/environment.ts",
    code: 'export const key = process.env["E2E_OAUTH_SIMULATION_KEY"];',
    rule: "staging-suite(environment-access)",
    says: "declare the variable in fixtures/target/variables.ts",
  },
  {
    file: "fixtures/client/environment-import.ts",
    code: 'import { env } from "node:process"; export const key = env["E2E_OAUTH_SIMULATION_KEY"];',
    rule: "staging-suite(environment-access)",
    says: "only fixtures/target reads the environment",
  },
  {
    file: "tests/auth/tries.test.ts",
    code: "declare const test: any; test('a', () => { try { test(); } finally { test(); } });",
    rule: "staging-suite(plain-case)",
    says: "declare the outcome the call expects",
  },
  {
    file: "tests/auth/branches.test.ts",
    code: "declare const test: any; test('a', ({ a }: any) => { if (a) test(); });",
    rule: "staging-suite(plain-case)",
    says: "split it into two cases",
  },
  {
    file: "tests/auth/loops.test.ts",
    code: "declare const test: any; test('a', async () => { for (const a of [1, 2]) await test(a); });",
    rule: "staging-suite(plain-case)",
    says: "it hides which iteration failed",
  },
  {
    file: "tests/auth/fixtures.test.ts",
    code: "declare const suiteTest: any; export const test = suiteTest.extend('backend', () => null);",
    rule: "staging-suite(plain-case)",
    says: "they stand in fixtures/case",
  },
  {
    file: "tests/auth/imports.test.ts",
    code: "declare const name: string; export const load = (): Promise<unknown> => import(name);",
    rule: "staging-suite(import-direction)",
    says: "name what you import",
  },
  {
    file: "tests/auth/sleeps.test.ts",
    code: "declare const test: any; test('a', () => new Promise((resolve) => { setTimeout(resolve, 5); }));",
    rule: "staging-suite(plain-case)",
    says: "await the event",
  },
  {
    file: "tests/health/alias.test.ts",
    code: 'import { test as it } from "../../fixtures/index.ts"; it("a", ({ backend }) => backend.get("/health"));',
    rule: "staging-suite(plain-case)",
    says: "is called test",
  },
  {
    file: "fixtures/client/no-reason.ts",
    code: "// oxlint-disable-next-line no-console\nconsole.log(1);\nexport {};",
    rule: "staging-suite(reasoned-disable)",
    says: "say which rule is off and why",
  },
  {
    file: "fixtures/client/floats.ts",
    code: "declare function send(): Promise<void>; export function go(): void { send(); }",
    rule: "typescript(no-floating-promises)",
    says: "Promises must be awaited",
  },
  {
    file: "fixtures/client/swallows.ts",
    code: "declare function send(): void; export function go(): void { try { send(); } catch {} }",
    rule: "eslint(no-empty)",
    says: "empty block",
  },
  {
    file: "fixtures/client/casts.ts",
    code: "export const read = (text: string): { id: string } => JSON.parse(text) as { id: string };",
    rule: "typescript(no-unsafe-type-assertion)",
    says: "Unsafe assertion from",
  },
  {
    file: "fixtures/client/prints.ts",
    code: 'export const say = (): void => { console.log("a"); };',
    rule: "eslint(no-console)",
    says: "console",
  },
  {
    file: "tests/harness/focused.test.ts",
    code: 'import { test } from "vitest"; test.only("a", () => {});',
    rule: "vitest(no-focused-tests)",
    says: "focused",
  },
  {
    file: "tests/harness/disabled.test.ts",
    code: 'import { test } from "vitest"; test.skip("a", () => {});',
    rule: "vitest(no-disabled-tests)",
    says: "Disabled test",
  },
];

const ALLOWED: Readonly<Record<string, string>> = {
  "tests/auth/rows.ts": "export const row = 1;",
  "tests/health/plain.test.ts":
    'import { test } from "../../fixtures/index.ts"; for (const id of ["A", "B"]) test(id, ({ backend }) => backend.get(id));',
  "fixtures/vocabulary.ts": "export const WORD = 1;",
  "fixtures/client/downwards.ts": 'export { LIMITS } from "../contract/limits.ts";',
  "fixtures/evidence/reads-ledger.ts": 'export { read } from "../witness/ledger.ts";',
  "fixtures/diagnosis/reads-record.ts": 'export { read } from "../evidence/run-record.ts";',
  "fixtures/target/environment.ts": 'export const key = process.env["JWT_SECRET_STAGING"];',
  "fixtures/client/reasoned.ts":
    "export function say(): void {\n  // oxlint-disable-next-line no-console -- a reason\n  console.log(1);\n}",
  "scripts/stand-in.ts": 'export { start } from "../fixtures/stand-in/index.ts";',
};

describe("the lint", () => {
  const violations = [...IMPORTS, ...HABITS];
  const findings = lint({ ...ALLOWED, ...Object.fromEntries(violations.map(({ file, code }) => [file, code])) });

  test.for(violations)("reports $file and says what to do instead", ({ file, rule, says }) => {
    expect(findings.filter((finding) => finding.file === file)).toContainEqual({
      file,
      rule,
      message: expect.stringContaining(says),
    });
  });

  test("leaves code that keeps the rules alone", () => {
    const own = findings.filter(({ rule }) => rule.startsWith("staging-suite"));

    expect(own.filter(({ file }) => file in ALLOWED)).toEqual([]);
  });
});
