import { execFileSync } from "node:child_process";
import { createPublicKey } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { envelopeSchema, keyIdOf, preAuthenticationEncoding } from "../../../fixtures/evidence/envelope.ts";
import { sha256 } from "../../../fixtures/evidence/ledger-chain.ts";
import { RUN_FILES, SIGNED_FILES } from "../../../fixtures/evidence/run-folder.ts";
import { createRunFolder, KEYS, type RunParts } from "./run-folder-factory.ts";

/** The second implementation: what an auditor has. */
function openssl(...args: readonly string[]): Buffer {
  return execFileSync("openssl", args, { stdio: ["ignore", "pipe", "pipe"], timeout: 10_000 });
}

function readEnvelope(folder: string) {
  const envelope = envelopeSchema.parse(JSON.parse(readFileSync(join(folder, RUN_FILES.attestation), "utf8")));
  const payload = Buffer.from(envelope.payload, "base64");
  return { ...envelope, payload, statement: JSON.parse(payload.toString()) as unknown };
}

describe("the envelope", () => {
  test("encodes what is signed as the specification's own example", () => {
    // DSSE protocol v1.0.2, "Test Vectors"
    const encoded = preAuthenticationEncoding("http://example.com/HelloWorld", Buffer.from("hello world"));

    expect(encoded.toString()).toBe("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  });

  test("counts bytes, not characters", () => {
    expect(preAuthenticationEncoding("ü", Buffer.from("ß")).toString()).toBe("DSSEv1 2 ü 2 ß");
  });

  test("is signed so that openssl verifies it, and names the key by what openssl says of it", () => {
    using run = createRunFolder();
    const { payload, payloadType, signatures } = readEnvelope(run.folder);
    const folder = mkdtempSync(join(tmpdir(), "openssl-"));
    const at = (name: string): string => join(folder, name);
    try {
      writeFileSync(
        at("signed"),
        `DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} ${payload.toString()}`,
      );
      writeFileSync(at("signature"), Buffer.from(signatures[0].sig, "base64"));
      writeFileSync(at("key.pem"), KEYS.publicKey);
      const verify = ["pkeyutl", "-verify", "-pubin", "-inkey", at("key.pem"), "-rawin", "-in", at("signed")];

      expect(openssl(...verify, "-sigfile", at("signature")).toString()).toContain("Verified Successfully");
      expect(sha256(openssl("pkey", "-pubin", "-in", at("key.pem"), "-outform", "DER"))).toBe(signatures[0].keyid);
      expect(keyIdOf(createPublicKey(KEYS.publicKey))).toBe(signatures[0].keyid);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("the statement", () => {
  test("is an in-toto test result about the revision and every file of the record", () => {
    using run = createRunFolder();

    expect(readEnvelope(run.folder).statement).toMatchObject({
      _type: "https://in-toto.io/Statement/v1",
      predicateType: "https://in-toto.io/attestation/test-result/v0.1",
      subject: [
        { name: "https://api.staging.example", digest: { revision: "rev-1" } },
        ...SIGNED_FILES.map((name) => ({ name, digest: { sha256: sha256(readFileSync(join(run.folder, name))) } })),
      ],
      predicate: { result: "PASSED", passedTests: ["HEALTH-01", "HEALTH-02"], warnedTests: [], failedTests: [] },
    });
  });

  test("names a git commit as one", () => {
    const commit = "d20ace7968ba43c0219f62d71334c1095bab1602";
    using run = createRunFolder({ revision: commit });

    expect(readEnvelope(run.folder).statement).toHaveProperty("subject.0.digest", { gitCommit: commit });
  });

  test("names no revision where the target names none, and is a warning then", () => {
    using run = createRunFolder({ revision: null });

    expect(readEnvelope(run.folder).statement).toMatchObject({
      subject: SIGNED_FILES.map((name) => ({ name })),
      predicate: { result: "WARNED" },
    });
  });

  test.for<{ what: string; parts: RunParts; result: string }>([
    { what: "the stand-in", parts: { target: { kind: "stand-in" } }, result: "WARNED" },
    { what: "a part of the cases", parts: { start: { filters: ["-t x"] } }, result: "WARNED" },
    { what: "a run without its cases", parts: { ledgers: [] }, result: "FAILED" },
  ])("of $what is not a pass", ({ parts, result }) => {
    using run = createRunFolder(parts);

    expect(readEnvelope(run.folder).statement).toHaveProperty("predicate.result", result);
  });
});
