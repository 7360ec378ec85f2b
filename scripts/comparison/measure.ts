import { startStandIn } from "../../fixtures/stand-in/index.ts";
import { runSuite, stagingVariables, type SuiteRunResult } from "../suite-process.ts";
import type { ServerState } from "./states.ts";

const RUN_TIMEOUT_MS = 300_000;

/** What this suite said of a state. */
export interface Outcome {
  readonly state: ServerState;
  readonly exitCode: number | null;
  readonly passed: number;
  /** Failed, not believed or not run: whatever is not green. */
  readonly red: number;
  readonly expected: number;
  readonly finding: { readonly code: string; readonly title: string } | null;
  readonly durationMs: number;
}

/** Runs the whole suite, as a person would, against the server in that state. */
export async function measureState(state: ServerState): Promise<Outcome> {
  const startedAt = performance.now();
  const { exitCode, record } = state.faults === null ? await runAtNobody() : await runAtStandIn(state, state.faults);
  const { passed = 0, failed = 0, rejected = 0, notRun = 0, expected = 0 } = record?.totals ?? {};
  const [finding = null] = record?.findings ?? [];
  return {
    state,
    exitCode,
    passed,
    red: failed + rejected + notRun,
    expected,
    finding: finding === null ? null : { code: finding.code, title: finding.title },
    durationMs: performance.now() - startedAt,
  };
}

/** Whether the suite said of the state what it must: green only where all is green, and the right cause first. */
export function isRight({ state, exitCode, passed, red, expected, finding }: Outcome): boolean {
  const green = state.exitCode === 0;
  const counted = green ? passed > 0 && passed === expected && red === 0 : red > 0;
  return exitCode === state.exitCode && counted && (finding?.code ?? null) === state.finding;
}

function runAtStandIn({ rttMs }: ServerState, faults: readonly string[]): Promise<SuiteRunResult> {
  const env = { STAGING_TARGET: "stand-in", STAND_IN_RTT_MS: String(rttMs), STAND_IN_FAULTS: faults.join(",") };
  return runSuite({ env, timeoutMs: RUN_TIMEOUT_MS });
}

/** The addresses and credentials of a stand-in that has ended. */
async function runAtNobody(): Promise<SuiteRunResult> {
  const standIn = await startStandIn();
  using variables = stagingVariables(standIn);
  await standIn.stop();
  return await runSuite({ env: variables.env, timeoutMs: RUN_TIMEOUT_MS });
}
