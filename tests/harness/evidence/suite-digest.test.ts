import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { readSuite, type Suite } from "../../../fixtures/evidence/suite-digest.ts";
import { verifyRun } from "../../../fixtures/evidence/verification/verify-run.ts";
import { createRunFolder, createTrust } from "./run-folder-factory.ts";

const FILES = [
  "fixtures/client/http.ts",
  "fixtures/index.ts",
  "package-lock.json",
  "tests/health/example.test.ts",
  "vitest.config.ts",
];

interface Checkout extends Disposable {
  readonly root: string;
  readonly read: (config?: string) => Suite;
  readonly write: (path: string, text: string) => void;
}

/** A checkout in small: a case, what it imports, and what belongs to no suite. */
function createCheckout(): Checkout {
  const root = mkdtempSync(join(tmpdir(), "checkout-"));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const path of [...FILES, "tests/manifest.json", "tests/harness/own.test.ts", "README.md"]) write(path, path);
  return {
    root,
    write,
    read: (config) => readSuite({ root, manifest: join(root, "tests/manifest.json"), config }),
    [Symbol.dispose]: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}

describe("a suite", () => {
  test("is its cases, fixtures, configuration and lockfile", () => {
    using checkout = createCheckout();

    expect([...checkout.read().files].toSorted()).toEqual(FILES);
  });

  test("has the digest that sha256sum has of them", () => {
    using checkout = createCheckout();
    const command = `printf '%s\\n' ${FILES.join(" ")} | LC_ALL=C sort | xargs sha256sum | sha256sum`;

    const { stdout } = spawnSync("bash", ["-c", command], { cwd: checkout.root, encoding: "utf8" });

    expect(stdout).toContain(checkout.read().digest);
  });

  test.for([...FILES, "tests/auth/more.test.ts", "fixtures/more.ts"])("is another after an edit of %s", (path) => {
    using checkout = createCheckout();
    const before = checkout.read().digest;

    checkout.write(path, "edited");

    expect(checkout.read().digest).not.toBe(before);
  });

  test.for(["README.md", "tests/harness/own.test.ts"])("is the same after an edit of %s", (path) => {
    using checkout = createCheckout();
    const before = checkout.read().digest;

    checkout.write(path, "edited");

    expect(checkout.read().digest).toBe(before);
  });

  test("is another where a configuration of somebody's own runs it", () => {
    using checkout = createCheckout();
    checkout.write("own.config.ts", "export default {}");

    expect(checkout.read(join(checkout.root, "own.config.ts")).digest).not.toBe(checkout.read().digest);
    expect(checkout.read(join(checkout.root, "vitest.config.ts"))).toEqual(checkout.read());
  });

  test("is another where a link brings a case from elsewhere", () => {
    using checkout = createCheckout();
    const before = checkout.read().digest;

    symlinkSync("/nowhere/linked.test.ts", join(checkout.root, "tests/health/linked.test.ts"));

    expect(checkout.read().digest).not.toBe(before);
  });
});

test("a record that an edited case made is not verified from the checkout without the edit", () => {
  using checkout = createCheckout();
  const clean = checkout.read();
  checkout.write("tests/health/example.test.ts", "test('passes', () => undefined);");

  using run = createRunFolder({ start: { suite: checkout.read().digest } });

  const { checks } = verifyRun(run.folder, createTrust({ suite: clean }));
  expect(checks.filter(({ outcome }) => outcome !== "ok")).toEqual([
    {
      name: "suite",
      outcome: "failed",
      says: "the run was made by other cases, fixtures or packages than this checkout's (check out its revision)",
    },
  ]);
  expect(verifyRun(run.folder, createTrust({ suite: checkout.read() })).checks).not.toContainEqual(
    expect.objectContaining({ outcome: "failed" }),
  );
});
