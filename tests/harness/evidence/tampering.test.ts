import { readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { StagingError } from "../../../fixtures/contract/errors.ts";
import { createSigner, envelopeSchema, seal } from "../../../fixtures/evidence/envelope.ts";
import { ChainBuilder, readChain } from "../../../fixtures/evidence/ledger-chain.ts";
import { deriveRecord } from "../../../fixtures/evidence/derive-record.ts";
import { parseManifest } from "../../../fixtures/evidence/manifest.ts";
import { RENDERED_FILES, RENDERED_NAMES } from "../../../fixtures/evidence/render-files.ts";
import { RUN_FILES } from "../../../fixtures/evidence/run-folder.ts";
import { runRecordSchema } from "../../../fixtures/evidence/run-record.ts";
import { writeAttestation } from "../../../fixtures/evidence/write-attestation.ts";
import type { Suite } from "../../../fixtures/evidence/suite-digest.ts";
import { NOT_SIGNED } from "../../../fixtures/evidence/verification/signature.ts";
import { verifyRun, type Trust } from "../../../fixtures/evidence/verification/verify-run.ts";
import { createKeys, createRunFolder, createTrust, KEYS, MANIFEST } from "./run-folder-factory.ts";

const FILES = Object.values(RUN_FILES);
/** Where a byte is changed, as a share of the file. */
const PLACES = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1];

/** The checks that fail, each with what it says; or the error where the folder cannot be read. */
function failuresOf(folder: string, trust: Trust = createTrust()): string[] {
  try {
    return verifyRun(folder, trust).checks.flatMap(({ name, outcome, says }) =>
      outcome === "ok" ? [] : [`${name}: ${says}`],
    );
  } catch (error) {
    if (!(error instanceof StagingError)) throw error;
    return [`${error.code}: ${error.happened}`];
  }
}

function changeByte(path: string, at: number, mask: number): void {
  const bytes = readFileSync(path);
  const index = Math.min(bytes.length - 1, Math.floor(bytes.length * at));
  bytes.writeUInt8((bytes[index] ?? 0) ^ mask, index);
  writeFileSync(path, bytes);
}

test("a record that nobody touched passes every check", () => {
  using run = createRunFolder();

  const { checks, record } = verifyRun(run.folder, createTrust());

  expect(checks.filter(({ outcome }) => outcome !== "ok")).toEqual([]);
  expect(checks).toHaveLength(12);
  expect(record?.verdict).toEqual({ exitCode: 0, word: "works", reasons: [] });
});

describe("one changed byte is caught", () => {
  const table = FILES.flatMap((file) => PLACES.map((at) => ({ file, at, mask: at === 0.25 ? 0x80 : 0x01 })));

  test.for(table)("in $file at $at (xor $mask)", ({ file, at, mask }) => {
    using run = createRunFolder();

    changeByte(join(run.folder, file), at, mask);

    expect(failuresOf(run.folder)).not.toEqual([]);
  });

  test.for(FILES.filter((file) => file !== RUN_FILES.attestation))("in %s of a record that nobody signed", (file) => {
    using run = createRunFolder({ privateKey: null });

    changeByte(join(run.folder, file), 0.5, 0x01);

    expect(failuresOf(run.folder)).not.toEqual([`signature: ${NOT_SIGNED}`]);
  });
});

describe("a file that is not whole has one clear error", () => {
  test.for(FILES)("%s is cut off", (file) => {
    using run = createRunFolder();
    const path = join(run.folder, file);

    truncateSync(path, Math.floor(readFileSync(path).length / 2));

    expect(failuresOf(run.folder).join("\n")).toMatch(new RegExp(file.replace(".", "\\.")));
  });

  test.for(FILES)("%s is empty", (file) => {
    using run = createRunFolder();

    truncateSync(join(run.folder, file), 0);

    expect(failuresOf(run.folder).join("\n")).toMatch(new RegExp(file.replace(".", "\\.")));
  });

  test.for(FILES)("%s is gone", (file) => {
    using run = createRunFolder();

    rmSync(join(run.folder, file));

    expect(failuresOf(run.folder).join("\n")).toMatch(new RegExp(file.replace(".", "\\.")));
  });

  test("a folder that is none", () => {
    expect(failuresOf("/nowhere")).toEqual(["E2E_RECORD_MISSING: /nowhere is no folder"]);
  });
});

test("a record of another version is named as such, and nothing is said of its lines", () => {
  using run = createRunFolder();
  const path = join(run.folder, RUN_FILES.ledger);
  const old = readFileSync(path, "utf8").replace("netra-staging-ledger/2", "netra-staging-ledger/1");

  writeFileSync(path, old.replace(/,"suite":"\w+"/, ""));

  expect(failuresOf(run.folder)).toEqual([
    "chain: ledger.jsonl is a netra-staging-ledger/1, and this checkout reads netra-staging-ledger/2 (check out its revision)",
  ]);
});

describe("a forger who does it well", () => {
  function forge(folder: string, change: (line: string) => string): void {
    const { entries } = readChain(readFileSync(join(folder, RUN_FILES.ledger), "utf8"));
    const chain = new ChainBuilder();
    const lines = entries.map((entry) => chain.add(entry, change));
    writeFileSync(join(folder, RUN_FILES.ledger), `${lines.join("\n")}\n`);
    const record = deriveRecord(chain, parseManifest(MANIFEST, "manifest.json"));
    for (const name of RENDERED_NAMES) writeFileSync(join(folder, name), RENDERED_FILES[name](record));
  }

  test("and rebuilds the chain and every view still lacks the key", () => {
    using run = createRunFolder();

    forge(run.folder, (line) => line.replaceAll('"status":200', '"status":204'));

    expect(failuresOf(run.folder)).toEqual([
      "signature: attestation.json attests another record or other files than these",
    ]);
  });

  test("and signs it with a key of his own is not trusted", () => {
    using run = createRunFolder();
    const own = createSigner(createKeys().privateKey);

    forge(run.folder, (line) => line.replace(/"signer":"[0-9a-f]+"/, `"signer":"${own.keyId}"`));
    const record = runRecordSchema.parse(JSON.parse(readFileSync(join(run.folder, RUN_FILES.record), "utf8")));
    writeAttestation(run.folder, record, own);

    expect(failuresOf(run.folder)).toEqual([expect.stringMatching(/^signature: signed by key .* is trusted$/)]);
  });

  test("and claims the trusted key's id for a signature of his own is not believed", () => {
    using run = createRunFolder();
    const path = join(run.folder, RUN_FILES.attestation);
    const { payload } = envelopeSchema.parse(JSON.parse(readFileSync(path, "utf8")));
    const own = { ...createSigner(createKeys().privateKey), keyId: createSigner(KEYS.privateKey).keyId };

    writeFileSync(path, seal(Buffer.from(payload, "base64").toString(), own));

    expect(failuresOf(run.folder)).toEqual(["signature: the signature is not of the trusted key"]);
  });

  test("and takes the signature away cannot make the record call itself unsigned", () => {
    using run = createRunFolder();

    rmSync(join(run.folder, RUN_FILES.attestation));

    expect(failuresOf(run.folder)).toEqual(["signature: the run was to be signed, and attestation.json is gone"]);
  });

  test("and moves the signature of one run to another is caught", () => {
    using green = createRunFolder();
    using other = createRunFolder({ start: { runId: "another" } });

    writeFileSync(join(other.folder, RUN_FILES.attestation), readFileSync(join(green.folder, RUN_FILES.attestation)));

    expect(failuresOf(other.folder)).toEqual([
      "signature: attestation.json attests another record or other files than these",
    ]);
  });

  test("and leaves lines out is caught by the chain", () => {
    using run = createRunFolder();
    const path = join(run.folder, RUN_FILES.ledger);
    const lines = readFileSync(path, "utf8").split("\n");

    writeFileSync(path, lines.toSpliced(3, 1).join("\n"));

    expect(failuresOf(run.folder)).toEqual([expect.stringContaining("line 4 calls itself entry 4, not 3")]);
  });
});

describe("what the verifier expects by itself", () => {
  function suiteOf(digit: string, files: readonly string[] = ["tests/health/example.test.ts"]): Suite {
    return { digest: digit.repeat(64), files: new Set(files) };
  }

  test.for([
    [{ manifest: `${MANIFEST} ` }, "manifest: the run was judged by another manifest than the checked-in one"],
    [{ suite: suiteOf("6") }, "suite: the run was made by other cases, fixtures or packages than this checkout's"],
    [{ suite: suiteOf("5", []) }, "suite: case HEALTH-01 ran from tests/health/example.test.ts, outside the suite"],
    [{ maxAgeMs: 30_000 }, "freshness: the run ended 1 min ago"],
    [{ now: new Date("2026-11-20T00:00:00Z") }, "freshness: the run ended in the future"],
    [{ revision: "rev-2" }, "revision: rev-1 answered, and rev-2 is expected"],
    [{ publicKey: null }, "signature: the statement fits, but no trusted key is given"],
  ] satisfies [Partial<Trust>, string][])("%o", ([trust, failure]) => {
    using run = createRunFolder();

    expect(failuresOf(run.folder, createTrust(trust))).toEqual([expect.stringContaining(failure)]);
  });

  test.for([
    { backend: "https://api.netrasystems.ai", refusal: "production" },
    { backend: "https://localhost:1", refusal: "private" },
    { backend: "https://api.example.com", refusal: "not known to be staging" },
  ])("a target at $backend is $refusal", ({ backend, refusal }) => {
    using run = createRunFolder({ target: { urls: { backend, auth: backend, frontend: backend } } });

    expect(failuresOf(run.folder).join("\n")).toContain(`target: ${new URL(backend).hostname} is ${refusal}`);
  });
});
