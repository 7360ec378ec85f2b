import { InvalidArgumentError, type Command } from "commander";
import { join, resolve } from "node:path";
import { readManifestFile } from "../fixtures/evidence/manifest.ts";
import { readSuite } from "../fixtures/evidence/suite-digest.ts";
import type { Trust } from "../fixtures/evidence/verification/verify-run.ts";
import { fingerprintsOf, readCertificateAuthority } from "../fixtures/target/certificate-authority.ts";
import { PROJECT_ROOT, takeEnvironment } from "../fixtures/target/index.ts";

/** The options that `verify` and `gate` share, as commander leaves them. */
export interface TrustOptions {
  readonly revision?: string;
  readonly maxAge?: number;
  readonly manifest: string;
}

const UNITS_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `90m`, `24h` or `7d` in milliseconds. */
function parseAge(text: string): number {
  const [, count, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  if (count === undefined || (unit !== "m" && unit !== "h" && unit !== "d")) {
    throw new InvalidArgumentError("It is written 90m, 24h or 7d.");
  }
  return Number(count) * UNITS_MS[unit];
}

/** Adds what a record is checked against to a program's command line. */
export function addTrustOptions(program: Command, defaultMaxAge: string | undefined): Command {
  const age = "how long ago the run may have ended: 90m, 24h, 7d";
  return program
    .argument("<folder>", "the folder of one run, such as runs/2026-11-21T08-10-33-0c1feca5")
    .option("--revision <name>", "the revision that must have answered (else STAGING_EXPECTED_REVISION)")
    .option("--max-age <age>", age, parseAge, defaultMaxAge === undefined ? undefined : parseAge(defaultMaxAge))
    .option("--manifest <file>", "the trusted list of expected cases", join(PROJECT_ROOT, "tests/manifest.json"));
}

/**
 * SHA-256 fingerprints of the authorities that this machine's STAGING_CA_FILE adds; none where it is not set.
 *
 * @throws StagingError E2E_CONFIG_CA_FILE
 */
export function readAuthorities(): readonly string[] {
  const { STAGING_CA_FILE: file } = takeEnvironment();
  return file === undefined ? [] : fingerprintsOf(readCertificateAuthority(resolve(PROJECT_ROOT, file), new Date()));
}

/** What this machine trusts: its environment, its checkout and its clock. @throws StagingError E2E_CONFIG_…, E2E_MANIFEST */
export function readTrust({ revision, maxAge, manifest }: TrustOptions): Trust {
  const environment = takeEnvironment();
  return {
    publicKey: environment.STAGING_EVIDENCE_PUBLIC_KEY ?? null,
    manifest: readManifestFile(manifest).text,
    suite: readSuite({ manifest: resolve(manifest) }),
    hostRules: {
      allowedHosts: environment.STAGING_ALLOWED_HOSTS,
      allowPrivateNetwork: environment.STAGING_ALLOW_PRIVATE_NETWORK,
    },
    revision: revision ?? environment.STAGING_EXPECTED_REVISION ?? null,
    maxAgeMs: maxAge ?? null,
    now: new Date(),
  };
}
