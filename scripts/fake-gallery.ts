import { runGallery } from "./fake-gallery/run-gallery.ts";
import { createProgram, runProgram } from "./run-program.ts";

/** Prints every lie of the gallery and what became of it; exit 1 where one was believed, or an honest file was not. */
createProgram("fake-gallery", "Runs every fake and every honest file, and prints what became of each.").parse();

await runProgram(async () => {
  const { rows } = await runGallery();
  for (const { file, lie, says, fate, codes, met, happened } of rows) {
    const name = file.replace(/^.*\/(.*)\.test\.ts$/, "$1");
    const what = lie === null ? `honest  ${says}` : `lie ${String(lie).padStart(2)}  ${says}`;
    process.stdout.write(`${met ? "✓" : "✗"} ${name.padEnd(28)} ${happened.padEnd(38)} ${what}\n`);
    if (!met) process.stdout.write(`  expected ${[fate, ...codes].join(" ")}\n`);
  }
  const wrong = rows.filter(({ met }) => !met).length;
  process.stdout.write(`\n${rows.length} files, ${wrong} not as announced\n`);
  return wrong === 0 ? 0 : 1;
});
