import { CI_SERVICE, resolveConfiguration, takeEnvironment, type Configuration } from "../fixtures/target/index.ts";

/** The configuration as the suite itself would resolve it, of `.env.staging` or another file. */
export function readConfiguration(file: string | undefined): Configuration {
  return resolveConfiguration(takeEnvironment({ file }), { ci: CI_SERVICE, tier: "full", chromium: null });
}
