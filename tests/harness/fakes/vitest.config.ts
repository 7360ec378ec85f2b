import { defineConfig } from "vitest/config";
import { defineSuite } from "../../../fixtures/suite-config.ts";

const FOLDERS: Partial<Record<string, string>> = { health: "lies", "websocket-connect": "honest" };

/** The gallery as a suite of its own: the same witness, judgement and verdict, over files that lie and files that do not. */
export default defineConfig(({ mode }) =>
  defineSuite(mode, {
    include: (group) => (FOLDERS[group] === undefined ? [] : [`tests/harness/fakes/${FOLDERS[group]}/*.test.ts`]),
    manifest: "tests/harness/fakes/manifest.json",
  }),
);
