import { defineConfig } from "vitest/config";
import { defineSuite } from "./fixtures/suite-config.ts";

export default defineConfig(({ mode }) =>
  defineSuite(mode, { include: (group) => [`tests/${group}/**/*.test.ts`], manifest: "tests/manifest.json" }),
);
