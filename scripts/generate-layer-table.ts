import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../fixtures/target/index.ts";
import { LAYER_NAMES, LAYERS, type LayerName } from "./lint/layers.ts";
import { writeGenerated } from "./generated-files.ts";

const PATH = "docs/architecture.md";
const BEGIN =
  "<!-- layers: written by npm run docs:layers from scripts/lint/layers.ts -->\n<!-- prettier-ignore-start -->";
const END = "<!-- prettier-ignore-end -->\n<!-- layers end -->";

function row(name: LayerName): string {
  const { files, holds, mayImport, packages } = LAYERS[name];
  const all = LAYER_NAMES.length - mayImport.length <= 3;
  const missing = LAYER_NAMES.filter((other) => !mayImport.includes(other) && other !== name);
  const layers = all ? `all but ${missing.join(", ")}` : mayImport.join(", ") || "nothing";
  const external = packages === undefined ? "any" : packages.join(", ") || "none";
  return `| ${name} | ${files.map((file) => `\`${file}\``).join(" ")} | ${holds} | ${layers} | ${external} |`;
}

function render(): string {
  const head = ["| Layer | Files | Holds | Imports | Packages |", "| --- | --- | --- | --- | --- |"];
  return `${BEGIN}\n\n${[...head, ...LAYER_NAMES.map(row)].join("\n")}\n\n${END}`;
}

function renderDocument(): string {
  const text = readFileSync(join(PROJECT_ROOT, PATH), "utf8");
  const [before, rest = ""] = text.split(BEGIN, 2);
  const [, after] = rest.split(END, 2);
  if (before === undefined || after === undefined) throw new Error(`${PATH} has lost the marks around the table`);
  return `${before}${render()}${after}`;
}

await writeGenerated("docs:layers", [{ path: PATH, render: renderDocument }]);
