/** The layers of the suite, from what may import most to what may import nothing. */
export const LAYER_NAMES = [
  "cases",
  "harness",
  "programs",
  "run",
  "entry",
  "client",
  "evidence",
  "diagnosis",
  "record",
  "provided",
  "witness",
  "ledger",
  "target",
  "stand-in",
  "contract",
] as const;
export type LayerName = (typeof LAYER_NAMES)[number];

/** What a layer holds and what it may know. */
export interface Layer {
  /** Paths from the project's root; a folder ends with a slash. The longest that fits decides a file's layer. */
  readonly files: readonly string[];
  /** What belongs here, in one phrase. */
  readonly holds: string;
  readonly mayImport: readonly LayerName[];
  /** Packages and `node:` modules it may import; all of them where it is left out. */
  readonly packages?: readonly string[];
  /** What to do with code here that needs more. */
  readonly instead: string;
}

const RUN_AND_BELOW = [
  "provided",
  "evidence",
  "diagnosis",
  "record",
  "witness",
  "ledger",
  "target",
  "contract",
] as const;

/** The one table of who may import whom; the lint enforces it, docs/architecture.md shows it. */
export const LAYERS: Readonly<Record<LayerName, Layer>> = {
  cases: {
    files: ["tests/"],
    holds: "the cases of the five groups",
    mayImport: ["entry"],
    packages: [],
    instead: "make it a fixture in fixtures/index.ts, or export the word from fixtures/vocabulary.ts",
  },
  harness: {
    files: ["tests/harness/"],
    holds: "the suite's own tests",
    mayImport: LAYER_NAMES.filter((name) => name !== "cases"),
    instead: "a harness test that needs a case runs it in a process of its own",
  },
  programs: {
    files: ["scripts/"],
    holds: "what a person or CI starts",
    mayImport: LAYER_NAMES.filter((name) => !["cases", "harness", "entry"].includes(name)),
    instead: "use fixtures/client, which needs no running case",
  },
  run: {
    files: [
      "vitest.config.ts",
      "fixtures/suite-config.ts",
      "fixtures/global-setup.ts",
      "fixtures/open-target.ts",
      "fixtures/compile-cache.ts",
    ],
    holds: "what starts and ends a run, in the main process",
    mayImport: [...RUN_AND_BELOW, "stand-in"],
    instead: "what happens inside a case belongs in fixtures/index.ts",
  },
  entry: {
    files: [
      "fixtures/index.ts",
      "fixtures/judge.ts",
      "fixtures/judge-shared.ts",
      "fixtures/vocabulary.ts",
      "fixtures/case/",
    ],
    holds: "the one `test` and the words of the cases",
    mayImport: ["client", "provided", "witness", "ledger", "target", "contract"],
    instead: "what happens once per run belongs in fixtures/global-setup.ts and reaches a worker through provide()",
  },
  client: {
    files: ["fixtures/client/"],
    holds: "how a case talks to the target",
    mayImport: ["witness", "ledger", "target", "contract"],
    instead: "a client records what it did through fixtures/witness; who reads that is not its business",
  },
  evidence: {
    files: ["fixtures/evidence/"],
    holds: "the record of a run, its verdict and its views",
    mayImport: ["record", "diagnosis", "provided", "ledger", "target", "contract"],
    instead: "let the witness put it into the ledger, and read it from there",
  },
  diagnosis: {
    files: ["fixtures/diagnosis/"],
    holds: "from a record to causes, as pure functions",
    mayImport: ["record", "ledger", "target", "contract"],
    packages: [],
    instead: "let the run put what the rule needs into the record (fixtures/evidence), and read it from there",
  },
  record: {
    files: ["fixtures/evidence/run-record.ts"],
    holds: "the shape of a run's record",
    mayImport: ["ledger", "target", "contract"],
    instead: "what computes belongs in fixtures/evidence or fixtures/diagnosis",
  },
  provided: {
    files: ["fixtures/provided.ts"],
    holds: "what the main process hands to the workers",
    mayImport: ["ledger", "target", "contract"],
    instead: "hand over plain data; what computes it belongs in fixtures/global-setup.ts",
  },
  witness: {
    files: ["fixtures/witness/"],
    holds: "what sees every socket, preloaded before any test code",
    mayImport: ["ledger", "contract"],
    instead: "the witness knows no client and no target: hand it what it needs as an argument",
  },
  ledger: {
    files: [
      "ledger",
      "browser-connection",
      "channel",
      "reference",
      "overlap",
      "proof",
      "judgement",
      "judge-peer",
      "unanswered",
      "declared-outcome",
      "disbelief",
    ].map((name) => `fixtures/witness/${name}.ts`),
    holds: "what the witness saw, as data, and whether it is believable",
    mayImport: ["contract"],
    instead: "these files load in every process: what touches sockets belongs beside them in fixtures/witness",
  },
  target: {
    files: ["fixtures/target/"],
    holds: "which system is asked, and what a run learns of it; the only reader of the environment",
    mayImport: ["contract"],
    instead: "what starts the target belongs in fixtures/open-target.ts",
  },
  "stand-in": {
    files: ["fixtures/stand-in/"],
    holds: "the embedded staging system",
    mayImport: [],
    instead: "write it again here: a second implementation on purpose, since shared code makes both wrong together",
  },
  contract: {
    files: ["fixtures/contract/"],
    holds: "shapes, names, numbers and outcomes of staging",
    mayImport: [],
    packages: ["zod"],
    instead: "the contract knows nobody: what needs another layer belongs in the lowest layer that knows both",
  },
};

/** The layer of a file, by its path from the project's root; undefined outside the suite's code. */
export function layerOf(path: string): LayerName | undefined {
  let found: { readonly name: LayerName; readonly length: number } | undefined;
  for (const name of LAYER_NAMES) {
    for (const file of LAYERS[name].files) {
      const fits = file.endsWith("/") ? path.startsWith(file) : path === file;
      if (fits && file.length > (found?.length ?? 0)) found = { name, length: file.length };
    }
  }
  return found?.name;
}

/**
 * Why `from` may not import `to`, and where the code belongs instead; undefined where it may.
 *
 * @param to the path of a file from the project's root, or the name of a package
 */
export function importFault(from: string, to: string, kind: "file" | "package"): string | undefined {
  const name = layerOf(from);
  if (name === undefined) return undefined;
  const { holds, mayImport, packages, instead } = LAYERS[name];
  const allowed = mayImport.length === 0 ? "nothing outside itself" : `only ${mayImport.join(", ")}`;
  if (kind === "package") {
    if (packages === undefined || packages.includes(to)) return undefined;
    const known = packages.length === 0 ? "no package" : `only ${packages.join(", ")}`;
    return `${from} belongs to "${name}" (${holds}), which imports ${known}, not ${to}. Instead: ${instead}.`;
  }
  const target = layerOf(to);
  // One case file does not import another: what two of them share is the entry's.
  if (target === undefined || (target === name && name !== "cases") || mayImport.includes(target)) return undefined;
  return `${from} belongs to "${name}" (${holds}), which imports ${allowed}, not "${target}" (${to}). Instead: ${instead}.`;
}
