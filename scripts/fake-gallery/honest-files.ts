import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../fixtures/target/index.ts";
import { readGallery } from "./read-gallery.ts";

const FOREIGN_IMPORT = /\bimport\(|^import .* from "(?!\.\.\/\.\.\/\.\.\/\.\.\/fixtures\/index\.ts")/m;

/** Honest files that need nothing but the suite's entry, as a group's file must: a run of them alone is green. */
export function readPlainHonestFiles(): readonly string[] {
  return readGallery()
    .filter(({ fate, file }) => fate === "accepted" && !importsMore(file))
    .map(({ file }) => file);
}

/** Whether a file of the gallery imports more than the suite's entry. */
export function importsMore(file: string): boolean {
  return FOREIGN_IMPORT.test(readFileSync(join(PROJECT_ROOT, file), "utf8"));
}
