/** Tests of the suite that this one replaces. */
export const OLD_TESTS = 58;

/** One state of the server, what the older suite said of it, and what this one must say. */
export interface ServerState {
  readonly title: string;
  /** Faults of the stand-in; null: nothing listens. */
  readonly faults: readonly string[] | null;
  readonly rttMs: number;
  /** Measured in September 2025, against a server of its own in the same state. */
  readonly old: { readonly passed: number; readonly note?: string };
  readonly exitCode: 0 | 1 | 3;
  /** Code of the finding that must come first; null where nothing is broken. */
  readonly finding: string | null;
}

const FAR_MS = 100;

/** The states that the older suite was measured in, in the order in which they are told. */
export const STATES: readonly ServerState[] = [
  { title: "all good", faults: [], rttMs: FAR_MS, old: { passed: 56 }, exitCode: 0, finding: null },
  {
    title: "every upgrade refused with 403",
    faults: ["every-upgrade-refused"],
    rttMs: FAR_MS,
    old: { passed: 56 },
    exitCode: 1,
    finding: "UPGRADES_REFUSED_FOR_EVERYBODY",
  },
  {
    title: "the WebSocket accepts and never sends a byte",
    faults: ["websocket-silent"],
    rttMs: FAR_MS,
    old: { passed: 56 },
    exitCode: 1,
    finding: "NO_WELCOME",
  },
  {
    title: 'the WebSocket answers `{"type":"potato"}` to everything',
    faults: ["websocket-potato"],
    rttMs: FAR_MS,
    old: { passed: 57 },
    exitCode: 1,
    finding: "NO_WELCOME",
  },
  {
    title: "every upgrade answers HTTP 500",
    faults: ["every-upgrade-500"],
    rttMs: FAR_MS,
    old: { passed: 52 },
    exitCode: 1,
    finding: "UPGRADES_CRASH",
  },
  {
    title: "every endpoint but `/health` answers 500",
    faults: ["all-but-health-500"],
    rttMs: FAR_MS,
    old: { passed: 47 },
    exitCode: 1,
    finding: "BACKEND_HEALTHY_BUT_FAILING",
  },
  {
    title: "good server, no added latency",
    faults: [],
    rttMs: 0,
    old: { passed: 48, note: "10 honest tests fail: fixed duration floors" },
    exitCode: 0,
    finding: null,
  },
  {
    title: "nothing listens at all",
    faults: null,
    rttMs: FAR_MS,
    old: { passed: 0, note: "58 skipped, exit code 0" },
    exitCode: 3,
    finding: "TARGET_UNREACHABLE",
  },
];
