import { startStandIn } from "../../fixtures/stand-in/index.ts";
import { runSuite, stagingVariables, type SuiteRunResult } from "../suite-process.ts";
import { judgeGallery, type GalleryRow } from "./judge-gallery.ts";
import { GALLERY, readGallery } from "./read-gallery.ts";

/** A run of all files, and what became of each. */
export interface GalleryRun {
  readonly run: SuiteRunResult;
  readonly rows: readonly GalleryRow[];
}

/**
 * Runs every file of the gallery in one run against a staging target.
 *
 * @throws Error with the run's output where it leaves no record
 */
export async function runGallery(): Promise<GalleryRun> {
  await using standIn = await startStandIn({ rttMs: 40, agentGapMs: 20 });
  using variables = stagingVariables(standIn);
  const run = await runSuite({ args: ["--config", `${GALLERY}/vitest.config.ts`], env: variables.env });
  if (run.record === undefined) throw new Error(`the gallery left no record:\n${run.output}`);
  return { run, rows: judgeGallery(readGallery(), run.record) };
}
