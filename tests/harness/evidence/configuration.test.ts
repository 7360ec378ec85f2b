import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createSigner } from "../../../fixtures/evidence/envelope.ts";
import { startStandIn } from "../../../fixtures/stand-in/index.ts";
import { parseEnvironment } from "../../../fixtures/target/environment.ts";
import { awaitRollout } from "../../../fixtures/witness/rollout.ts";
import { createKeys } from "./run-folder-factory.ts";

const KEYS = createKeys();
const line = (pem: string): string => pem.split("\n").slice(1, -2).join("");

describe("a key of the evidence is read", () => {
  test.for([
    { form: "as PEM", key: KEYS.privateKey },
    { form: "as PEM with its line feeds escaped", key: KEYS.privateKey.trim().replaceAll("\n", "\\n") },
    { form: "as its one line of base64", key: line(KEYS.privateKey) },
  ])("$form", ({ key }) => {
    const { STAGING_EVIDENCE_KEY: pem = "" } = parseEnvironment({ STAGING_EVIDENCE_KEY: key });

    expect(createSigner(pem).keyId).toBe(createSigner(KEYS.privateKey).keyId);
  });

  test("and so is its public half", () => {
    const parsed = parseEnvironment({ STAGING_EVIDENCE_PUBLIC_KEY: line(KEYS.publicKey) });

    expect(parsed.STAGING_EVIDENCE_PUBLIC_KEY).toBe(KEYS.publicKey);
  });

  test.for([
    { what: "the public half", key: KEYS.publicKey },
    { what: "a key cut in half", key: line(KEYS.privateKey).slice(0, 32) },
    { what: "no key", key: "hunter2hunter2" },
    {
      what: "a key of another kind",
      key: generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" }),
    },
  ])("but not $what, and the error does not repeat it", ({ key }) => {
    const read = (): unknown => parseEnvironment({ STAGING_EVIDENCE_KEY: String(key) });

    expect(read).toThrow(/STAGING_EVIDENCE_KEY is not an Ed25519 private key in PEM \(PKCS#8\)/);
    expect(read).not.toThrow(String(key).slice(0, 30));
  });
});

describe("waiting for a rollout", { timeout: 20_000 }, () => {
  test("ends as soon as the expected revision answers, or when the time is up", async () => {
    await using standIn = await startStandIn({ rttMs: 0, revision: "rev-7" });
    const plan = { urls: { backend: standIn.urls.backend }, ca: [standIn.ca] };
    const waited = async (expected: string, waitMs: number): Promise<number> => {
      const startedMs = performance.now();
      await awaitRollout(plan, { expected, waitMs });
      return performance.now() - startedMs;
    };

    expect(await waited("rev-7", 15_000)).toBeLessThan(5_000);
    expect(await waited("rev-8", 1_000)).toBeGreaterThanOrEqual(1_000);
  });
});
