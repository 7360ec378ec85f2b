import { describe, expect, test as vitestTest } from "vitest";
import { readGallery } from "../../scripts/fake-gallery/read-gallery.ts";
import { runGallery } from "../../scripts/fake-gallery/run-gallery.ts";

const FILES = readGallery();

const test = vitestTest.extend("gallery", { scope: "file" }, () => runGallery());

describe("the gallery, run against a staging target", { timeout: 90_000 }, () => {
  test.for(FILES.filter(({ lie }) => lie !== null))(
    "$file is $fate with $codes",
    ({ file, fate, codes }, { gallery }) => {
      const row = gallery.rows.find((candidate) => candidate.file === file);

      expect(row?.happened).toBe([fate, ...codes.toSorted()].join(" "));
    },
  );

  test.for(FILES.filter(({ lie }) => lie === null))("$file is accepted", ({ file }, { gallery }) => {
    const row = gallery.rows.find((candidate) => candidate.file === file);

    expect(row?.happened).toBe("accepted");
  });

  test("a run with lies in it is not green", ({ gallery }) => {
    expect(gallery.run.exitCode).not.toBe(0);
  });
});
