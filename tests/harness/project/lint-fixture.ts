import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";
import { PROJECT_ROOT } from "../../../fixtures/target/index.ts";

const reportSchema = z.object({
  diagnostics: z.array(z.object({ filename: z.string(), code: z.string().optional(), message: z.string() })),
});

/** One finding of the lint: the file, the rule and what it says. */
export interface LintFinding {
  readonly file: string;
  readonly rule: string;
  readonly message: string;
}

/** Lints files as if they stood in this project, with the project's own settings; `files` maps paths to contents. */
export function lint(files: Readonly<Record<string, string>>): readonly LintFinding[] {
  const folder = mkdtempSync(join(tmpdir(), "staging-lint-"));
  try {
    const settings = readFileSync(join(PROJECT_ROOT, ".oxlintrc.json"), "utf8");
    const plugin = JSON.stringify(join(PROJECT_ROOT, "scripts/lint/plugin.ts"));
    writeFileSync(join(folder, ".oxlintrc.json"), settings.replace('"./scripts/lint/plugin.ts"', plugin));
    writeFileSync(join(folder, "tsconfig.json"), '{ "compilerOptions": { "strict": true, "module": "nodenext" } }');
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const oxlint = join(dirname(createRequire(import.meta.url).resolve("oxlint/package.json")), "bin/oxlint");
    const { stdout, stderr, error } = spawnSync(process.execPath, [oxlint, "-f", "json"], {
      cwd: folder,
      encoding: "utf8",
      timeout: 60_000,
      env: { PATH: process.env["PATH"] },
    });
    if (error !== undefined || !stdout.startsWith("{")) throw new Error(`oxlint did not report: ${stdout}${stderr}`);
    return reportSchema
      .parse(JSON.parse(stdout))
      .diagnostics.map(({ filename, code = "", message }) => ({ file: filename, rule: code, message }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
