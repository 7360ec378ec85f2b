import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { createSigner } from "../../../fixtures/evidence/envelope.ts";
import { ChainBuilder, readChain } from "../../../fixtures/evidence/ledger-chain.ts";
import { mergeRuns, type MergedRun } from "../../../fixtures/evidence/merge-runs.ts";
import { RUN_FILES } from "../../../fixtures/evidence/run-folder.ts";
import { joinShards } from "../../../fixtures/evidence/shards.ts";
import { verifyRun, type Trust } from "../../../fixtures/evidence/verification/verify-run.ts";
import { Redactor } from "../../../fixtures/target/redaction.ts";
import type { SocketRecord } from "../../../fixtures/witness/ledger.ts";
import { createCalibration, createExchange, createSocket } from "../record-factory.ts";
import { createProof, createRunFolder, createTrust, KEYS, type RunParts } from "./run-folder-factory.ts";

const runsFolder = mkdtempSync(join(tmpdir(), "merged-"));
afterEach(() => {
  rmSync(runsFolder, { recursive: true, force: true });
});

/** One shard of the run of two cases; the first has the first case. */
function shard(index: number, part: RunParts = {}, count = 2): RunParts {
  const { start, ...others } = part;
  return {
    ledgers: [createProof(`HEALTH-0${index}`)],
    ...others,
    start: { runId: `shard-${index}`, filters: [`--shard ${index}/${count}`], ...start },
  };
}

function tlsOf({ identity: { tls } }: SocketRecord): NonNullable<SocketRecord["identity"]["tls"]> {
  if (tls === null) throw new TypeError("the factory's sockets have TLS");
  return tls;
}

function merge(parts: readonly RunParts[], signs = true, trust: Partial<Trust> = {}): MergedRun {
  using stack = new DisposableStack();
  const folders = parts.map((part) => stack.use(createRunFolder(part)).folder);
  const signer = signs ? createSigner(KEYS.privateKey) : null;
  return mergeRuns(folders, { runsFolder, trust: createTrust(trust), signer, redactor: new Redactor() });
}

test("all shards of a green run are a green run, signed and whole, in whichever order they come", () => {
  const { folder, record } = merge([shard(2), shard(1)]);

  expect(record).toMatchObject({
    verdict: { exitCode: 0, word: "works", reasons: [] },
    filters: [],
    totals: { expected: 2, passed: 2 },
    weaknesses: [],
  });
  const { checks } = verifyRun(folder, createTrust());
  expect(checks.filter(({ outcome }) => outcome !== "ok")).toEqual([]);
});

test("each pass is judged by the network of its own shard, not by what another one measured", () => {
  const socket = createSocket({ exchanges: [createExchange()] });
  const tls = { ...tlsOf(socket), fingerprint256: "EE:FF", issuerFingerprint256: "11:22" };
  const other = { ...socket, identity: { ...socket.identity, tls } };
  const seenByBoth = (index: number) => ({
    calibrated: [socket, other],
    ledgers: [{ ...createProof(`HEALTH-0${index}`), sockets: [other] }],
  });

  expect(merge([shard(1, seenByBoth(1)), shard(2, seenByBoth(2))]).record.verdict.word).toBe("works");
  const { record } = merge([shard(1, seenByBoth(1)), shard(2, { ledgers: seenByBoth(2).ledgers })]);
  expect(record.cases.map(({ id, ledger, rejections }) => [id, ledger, rejections.map(({ code }) => code)])).toEqual([
    ["HEALTH-01", 0, []],
    ["HEALTH-02", 1, ["WRONG_CERTIFICATE"]],
  ]);
});

describe("what one run would have said, the merged one says", () => {
  test("a case that no shard has is missing", () => {
    const { record } = merge([shard(1), shard(2, { ledgers: [] })]);

    expect(record.verdict).toMatchObject({ exitCode: 2, word: "invalid" });
    expect(record.suiteFaults).toEqual(["case HEALTH-02 was expected and did not run [E2E_CASE_MISSING]"]);
  });

  test("a case that two shards have is there twice", () => {
    const { record } = merge([shard(1), shard(2, { ledgers: [createProof("HEALTH-01"), createProof("HEALTH-02")] })]);

    expect(record.verdict).toMatchObject({ exitCode: 2, word: "invalid" });
    expect(record.suiteFaults).toEqual([expect.stringMatching(/HEALTH-01 \[E2E_CASE_ID_TWICE\]$/)]);
  });

  test("a pass that is not believed in its shard is not believed in the whole", () => {
    const bare = { ...createProof("HEALTH-02"), expiredWaits: ["no pong within 100 ms"] };

    const { record } = merge([shard(1), shard(2, { ledgers: [bare] })]);

    expect(record.verdict).toMatchObject({ exitCode: 2, word: "not believed" });
  });

  test("a fault and a weakness of one shard are the whole's", () => {
    const fault = { kind: "fault", fault: "the suite is at fault" } as const;
    const weakness = { kind: "weakness", weakness: "NODE_OPTIONS is set" } as const;

    const { record } = merge([shard(1, { further: [weakness] }), shard(2, { further: [fault, weakness] })]);

    expect(record.verdict.word).toBe("invalid");
    expect(record).toMatchObject({ suiteFaults: ["the suite is at fault"], weaknesses: ["NODE_OPTIONS is set"] });
  });

  test("a revision that changed between the shards' ends makes it inconclusive", () => {
    const probes = [createCalibration("backend", { revision: "rev-2", revisions: ["rev-2"], sockets: [] })];

    const { record } = merge([shard(1), shard(2, { further: [{ kind: "closing", probes }] })]);

    expect(record.verdict.word).toBe("inconclusive");
  });

  test("a part of the cases, cut into shards, is still a part", () => {
    const filters = (index: number) => ({ start: { filters: ["--project health", `--shard ${index}/2`] } });

    expect(merge([shard(1, filters(1)), shard(2, filters(2))]).record.filters).toEqual(["--project health"]);
  });
});

describe("what is not every shard of one run is refused", () => {
  const target = { urls: { backend: "https://b.staging.example", auth: "https://a.x", frontend: "https://f.x" } };
  const later = { startedAt: "2026-11-21T09:30:00.000Z" };
  const interrupted = { kind: "end", endedAt: "2026-11-21T08:00:07.400Z", interrupted: true } as const;
  test.for([
    ["one is missing", [shard(1)], /^shard 2\/2 is missing/],
    ["one is there twice", [shard(1), shard(1), shard(2)], /^shard 1\/2 .* is there more than once/],
    ["of another cut", [shard(1), shard(2, {}, 3)], /differ in their number of shards/],
    ["no shard", [shard(1), shard(2, { start: { filters: [] } })], /is no shard of a run/],
    ["of another tier", [shard(1), shard(2, { start: { tier: "nightly" } })], /differ in their tier/],
    ["of another revision", [shard(1), shard(2, { revision: "rev-2" })], /differ in their revision/],
    ["of a run long after", [shard(1), shard(2, { start: later })], /began at .* not one run/],
    [
      "of another choice",
      [shard(1), shard(2, { start: { filters: ["-t x", "--shard 2/2"] } })],
      /differ in their choice of cases/,
    ],
    ["of another manifest", [shard(1), shard(2, { start: { manifest: "0" } })], /manifest\.json is not the one/],
    ["of another checkout", [shard(1), shard(2, { start: { suite: "6" } })], /suite: the run was made by other cases/],
    ["of another target", [shard(1), shard(2, { target })], /differ in their target/],
    ["that was interrupted", [shard(1), shard(2, { end: [interrupted] })], /whole: the run was interrupted/],
    ["that was killed", [shard(1), shard(2, { end: [] })], /whole: the run did not end/],
    ["that nobody signed", [shard(1), shard(2, { privateKey: null })], /signature: the record is not signed/],
  ] as const)("%s", ([, parts, reason]) => {
    const rules = { allowedHosts: ["*.x", "a.x", "f.x", "b.staging.example"], allowPrivateNetwork: false };

    expect(() => merge(parts, true, { hostRules: rules })).toThrow(reason);
  });

  test("of two checkouts, whichever of them verifies", () => {
    using one = createRunFolder(shard(1));
    using two = createRunFolder(shard(2, { start: { suite: "6".repeat(64) } }));
    const ledgers = [one, two].map(({ folder }) => readFileSync(join(folder, RUN_FILES.ledger), "utf8"));

    expect(() => joinShards(ledgers)).toThrow(/differ in their suite/);
  });

  test("nor is anything else: two runs of no shards", () => {
    expect(() => merge([{}, {}])).toThrow(/is no shard of a run/);
  });
});

test("unsigned shards are an unsigned run, whose signature alone is wanting", () => {
  const { folder, record } = merge([shard(1, { privateKey: null }), shard(2, { privateKey: null })], false);

  expect(record.verdict.word).toBe("works");
  const wanting = verifyRun(folder, createTrust()).checks.filter(({ outcome }) => outcome !== "ok");
  expect(wanting.map(({ name }) => name)).toEqual(["signature"]);
});

test("a merged run is as old as the first of its shards to end", () => {
  const end = [{ kind: "end", endedAt: "2026-11-21T08:40:00.000Z", interrupted: false }] as const;
  const now = new Date("2026-11-21T08:41:00Z");

  const { folder } = merge([shard(1), shard(2, { end })], true, { now });

  const { checks } = verifyRun(folder, createTrust({ now, maxAgeMs: 600_000 }));
  expect(checks.filter(({ outcome }) => outcome !== "ok")).toEqual([
    { name: "freshness", outcome: "failed", says: "the run ended 41 min ago, and 10 min are allowed" },
  ]);
});

describe("who edits a merged ledger and rebuilds its chain is caught", () => {
  function forge(folder: string, change: (line: string) => string): string[] {
    const path = join(folder, RUN_FILES.ledger);
    const chain = new ChainBuilder();
    const lines = readChain(readFileSync(path, "utf8")).entries.map((entry) => chain.add(entry, change));
    writeFileSync(path, `${lines.join("\n")}\n`);
    const { checks } = verifyRun(folder, createTrust());
    return checks.flatMap(({ outcome, name, says }) => (outcome === "ok" ? [] : [`${name}: ${says}`]));
  }

  test.for([
    ["a line of a shard", (line: string) => line.replace('\\"status\\":200', '\\"status\\":201'), /a shard's ledger/],
    [
      "the tier",
      (line: string) => line.replace('"tier":"full"', '"tier":"nightly"'),
      /does not follow from its shards/,
    ],
    ["the suite", (line: string) => line.replace('"suite":"55', '"suite":"65'), /does not follow from its shards/],
    [
      "the end",
      (line: string) => line.replace('"endedAt":"2026', '"endedAt":"2027'),
      /does not follow from its shards/,
    ],
  ] as const)("%s", ([, change, reason]) => {
    const { folder } = merge([shard(1), shard(2)]);

    expect(forge(folder, change)).toEqual([expect.stringMatching(reason)]);
  });
});
