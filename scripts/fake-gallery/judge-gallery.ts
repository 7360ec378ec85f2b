import type { RunRecord } from "../../fixtures/evidence/run-record.ts";
import type { GalleryFile } from "./read-gallery.ts";

/** What became of a file of the gallery. */
export interface GalleryRow extends GalleryFile {
  /** Whether it is exactly what its first line says. */
  readonly met: boolean;
  readonly happened: string;
}

/**
 * What counts only where it is the lie itself: lies need tools, and a case may import none; and an answer that was made
 * here is too fast besides, on a machine with time for it.
 */
const BESIDES: ReadonlySet<string> = new Set(["E2E_FOREIGN_IMPORT", "TOO_FAST"]);

/** Compares what a record says of each file with what the file announces. */
export function judgeGallery(files: readonly GalleryFile[], record: RunRecord): readonly GalleryRow[] {
  return files.map((file) => {
    const seen = observe(file, record);
    const happened = [seen.fate, ...seen.codes].join(" ");
    return { ...file, happened, met: happened === [file.fate, ...file.codes.toSorted()].join(" ") };
  });
}

/** The case that lies has the file's name as its slug; others in the file are its accomplices, and honest. */
function observe(
  { file, fate, codes }: GalleryFile,
  record: RunRecord,
): { readonly fate: string; readonly codes: string[] } {
  const cases = record.cases.filter((candidate) => candidate.file === file);
  const slug = `/${file.replace(/^.*\//, "").replace(/\.test\.ts$/, "")}`;
  const liar = cases.find(({ id }) => id.endsWith(slug));
  const faults = record.suiteFaults.filter((fault) => fault.includes(file) || fault.includes(`${slug} `));
  const counts = (code: string): boolean => !BESIDES.has(code) || codes.includes(code);
  const codesOf = (found: readonly string[]): string[] => [...new Set(found)].filter(counts).sort();
  const faultCodes = codesOf(faults.flatMap((fault) => /\[(\w+)\]$/.exec(fault)?.[1] ?? fault));
  const others = cases.filter((candidate) => candidate !== liar && ["failed", "rejected"].includes(candidate.state));
  if (others.length > 0) return { fate: `${others[0]?.id} ${others[0]?.state}`, codes: [] };

  if (liar?.state === "rejected") return { fate: "rejected", codes: codesOf(liar.rejections.map(({ code }) => code)) };
  if (faultCodes.length > 0) return { fate: "fault", codes: faultCodes };
  if (liar?.state === "failed") return { fate: "red", codes: codesOf(liar.failures.map(({ code }) => code ?? "?")) };
  if (cases.length === 0) return { fate: "missing", codes: [] };
  return { fate: fate === "accepted" || liar?.state === "passed" ? "accepted" : "unseen", codes: [] };
}
