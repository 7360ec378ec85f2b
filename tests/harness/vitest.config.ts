import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** The suite's own tests: they never talk to staging, and prove that the suite can go red. */
export default defineConfig({
  test: {
    name: "harness",
    environment: "node",
    root: fileURLToPath(new URL("../..", import.meta.url)),
    include: ["tests/harness/**/*.test.ts"],
    // Suites of their own, which harness tests run in processes of their own.
    exclude: ["tests/harness/fakes/**", "tests/harness/evidence/suites/**"],
    testTimeout: 30_000,
    allowOnly: false,
    retry: 0,
    expect: { requireAssertions: true },
  },
});
