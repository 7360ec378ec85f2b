import { defineConfig } from "vitest/config";

/** What somebody passes to --config who wants the cases without the witness: nothing of the suite's is in it. */
export default defineConfig({ test: { include: ["tests/harness/fakes/honest/plain.test.ts"] } });
