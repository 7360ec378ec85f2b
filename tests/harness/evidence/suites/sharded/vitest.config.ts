import { defineConfig } from "vitest/config";
import { defineSuite } from "../../../../../fixtures/suite-config.ts";

export default defineConfig(({ mode }) =>
  defineSuite(mode, {
    include: (group) => (group === "health" ? ["tests/harness/evidence/suites/sharded/*.test.ts"] : []),
    manifest: "tests/harness/evidence/suites/sharded/manifest.json",
  }),
);
