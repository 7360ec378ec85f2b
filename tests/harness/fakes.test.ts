import { describe, expect, test as vitestTest } from "vitest";
import { importsMore } from "../../scripts/fake-gallery/honest-files.ts";
import { GALLERY, readGallery } from "../../scripts/fake-gallery/read-gallery.ts";
import { runGallery } from "../../scripts/fake-gallery/run-gallery.ts";
import { runSuite } from "../../scripts/suite-process.ts";

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

  test.for(FILES)("$file is named if, and only if, it imports more than the suite's entry", ({ file }, { gallery }) => {
    const named = gallery.run.record?.suiteFaults.some(
      (fault) => fault.startsWith(`${file} imports `) && fault.endsWith("[E2E_FOREIGN_IMPORT]"),
    );

    expect(named).toBe(importsMore(file));
  });

  test("a run with lies in it is not green", ({ gallery }) => {
    expect(gallery.run.exitCode).not.toBe(0);
  });
});

test("where the stand-in is the target, loopback alone proves nothing", { timeout: 60_000 }, async () => {
  const files = ["lies/own-server", "lies/redirected-host-name", "lies/overridden-target"];
  const { record } = await runSuite({
    args: ["--config", `${GALLERY}/vitest.config.ts`, ...files],
    env: { STAGING_TARGET: "stand-in" },
  });

  const rejections = record?.cases.map(({ id, rejections: [first] }) => [id, first?.code]);
  expect(Object.fromEntries(rejections ?? [])).toEqual({
    "HEALTH-43/own-server": "WRONG_ENDPOINT",
    "HEALTH-04/redirected-host-name": "WRONG_CERTIFICATE",
    "HEALTH-39/overridden-target": "WRONG_ENDPOINT",
  });
});
