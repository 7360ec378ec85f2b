import { StagingError } from "../fixtures/contract/errors.ts";
import { CI_SERVICE } from "../fixtures/target/ci-service.ts";
import { resolveConfiguration, type Configuration } from "../fixtures/target/configuration.ts";
import { createTarget } from "../fixtures/target/create-target.ts";
import { takeEnvironment } from "../fixtures/target/environment.ts";
import type { Target } from "../fixtures/target/target.ts";

/** A target that is ready to be asked; disposing of it stops the stand-in where one was started. */
export interface OpenTarget extends AsyncDisposable {
  readonly target: Target;
  readonly configuration: Configuration;
}

/** The configuration as the suite itself would resolve it, of `.env.staging` or another file. */
export function readConfiguration(file: string | undefined): Configuration {
  return resolveConfiguration(takeEnvironment({ file }), { ci: CI_SERVICE, tier: "full", chromium: null });
}

/** Opens what a configuration names: staging as it is, the stand-in by starting it. */
export async function openTarget(configuration: Configuration): Promise<OpenTarget> {
  if (configuration.kind === "staging") {
    const target = createTarget(configuration, null);
    return { target, configuration, [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  const { startStandIn } = await import("../fixtures/stand-in/index.ts");
  const standIn = await startStandIn(configuration.settings).catch((cause: unknown) => {
    throw new StagingError("E2E_STAND_IN_START", {
      happened: `The stand-in did not start: ${cause instanceof Error ? cause.message : String(cause)}`,
      expected: "three services and their link, up within seconds",
      next: "Correct the STAND_IN_ variables that it names; else run npm run stand-in to see it start alone.",
      cause,
    });
  });
  const target = createTarget(configuration, standIn);
  return { target, configuration, [Symbol.asyncDispose]: () => standIn.stop() };
}
