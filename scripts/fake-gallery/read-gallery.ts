import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { PROJECT_ROOT } from "../../fixtures/target/index.ts";

export const GALLERY = "tests/harness/fakes";

/**
 * What must become of a file. `rejected`: its case passes and is not believed · `red`: its case fails · `fault`: the
 * run says that the suite itself is at fault · `accepted`: its cases pass, nothing is held against them.
 */
const fates = ["rejected", "red", "fault", "accepted"] as const;

const headSchema = z.strictObject({
  /** Number of the lie in the catalogue; null for an honest file. */
  lie: z.coerce.number().int().nullable(),
  fate: z.enum(fates),
  codes: z.array(z.string().regex(/^[A-Z][A-Z0-9_]+$/)),
  says: z.string().min(1),
});

/** A file of the gallery, as its first line describes it. */
export interface GalleryFile extends z.infer<typeof headSchema> {
  /** Path from the project's root. */
  readonly file: string;
}

const LIE = /^\/\*\* Lie (\d+), (rejected|red|fault) with ([A-Z0-9_, ]+): (.+) \*\/$/;
const HONEST = /^\/\*\* Honest(?:, weakened)?: (.+) \*\/$/;

/** All files of the gallery. @throws TypeError for one whose first line does not say what must become of it */
export function readGallery(): readonly GalleryFile[] {
  return ["lies", "honest"].flatMap((folder) =>
    readdirSync(join(PROJECT_ROOT, GALLERY, folder))
      .filter((name) => name.endsWith(".test.ts"))
      .sort()
      .map((name) => readFile(`${GALLERY}/${folder}/${name}`)),
  );
}

function readFile(file: string): GalleryFile {
  const [line = ""] = readFileSync(join(PROJECT_ROOT, file), "utf8").split("\n");
  const lie = LIE.exec(line);
  const honest = HONEST.exec(line);
  const head = headSchema.safeParse(
    lie
      ? { lie: lie[1], fate: lie[2], codes: lie[3]?.split(", "), says: lie[4] }
      : { lie: null, fate: "accepted", codes: [], says: honest?.[1] },
  );
  if (head.success) return { file, ...head.data };
  throw new TypeError(
    `the first line of ${file} must read "/** Lie <number>, <rejected|red|fault> with <CODE>: <what> */"`,
  );
}
