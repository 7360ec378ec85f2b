import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PROJECT_ROOT } from "../../../fixtures/target/index.ts";
import { createRunFolder, KEYS } from "./run-folder-factory.ts";

/** The commands that docs/evidence.md gives an auditor who has none of this repository's code. */
function documentedCommands(): string {
  const document = readFileSync(join(PROJECT_ROOT, "docs/evidence.md"), "utf8");
  const [, section = ""] = /\n## Check it with public tools\n(.*?)\n## /s.exec(document) ?? [];
  return [...section.matchAll(/```sh\n(.*?)```/gs)].map(([, command]) => command).join("\n");
}

function runDocumented(folder: string): string {
  writeFileSync(join(folder, "evidence.pub"), KEYS.publicKey);
  const { stdout, stderr } = spawnSync("bash", ["-c", documentedCommands()], {
    cwd: folder,
    encoding: "utf8",
    timeout: 20_000,
  });
  return stdout + stderr;
}

const hasTools = spawnSync("bash", ["-c", "type jq openssl sha256sum base64"]).status === 0;

test.runIf(hasTools)("an auditor's own tools verify signature, digests and chain", () => {
  using run = createRunFolder();

  const output = runDocumented(run.folder);

  expect(output).toContain("Signature Verified Successfully");
  expect(output.match(/: OK$/gm)).toHaveLength(7);
  expect(output).toContain('"host":"api.staging.example"');
  expect(output).toContain('"passed": 2');
});

test.runIf(hasTools)("and see what was changed", () => {
  using run = createRunFolder();
  const ledger = join(run.folder, "ledger.jsonl");
  writeFileSync(ledger, readFileSync(ledger, "utf8").replace('"state":"pass"', '"state":"fail"'));

  const output = runDocumented(run.folder);

  expect(output).toContain("ledger.jsonl: FAILED");
  expect(output).toContain("broken at 4");
  expect(output).not.toContain("chain: OK");
});
