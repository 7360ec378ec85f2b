import { dirname, relative, resolve, sep } from "node:path";
import { defineRule, type ESTree } from "@oxlint/plugins";
import { importFault } from "../layers.ts";

/** Imports go down only, as the table of layers has it. */
export const importDirection = defineRule({
  create(context) {
    const pathOf = (file: string): string => relative(context.cwd, file).replaceAll(sep, "/");
    const from = pathOf(context.filename);

    function check(source: ESTree.Expression | ESTree.StringLiteral | null): void {
      if (source?.type !== "Literal" || typeof source.value !== "string") return;
      const message = source.value.startsWith(".")
        ? importFault(from, pathOf(resolve(dirname(context.filename), source.value)), "file")
        : importFault(from, source.value, "package");
      if (message !== undefined) context.report({ node: source, message });
    }

    return {
      ImportDeclaration: ({ source }) => {
        check(source);
      },
      ExportNamedDeclaration: ({ source }) => {
        check(source);
      },
      ExportAllDeclaration: ({ source }) => {
        check(source);
      },
      ImportExpression: ({ source }) => {
        if (source.type !== "Literal") context.report({ node: source, message: "name what you import in plain words" });
        check(source);
      },
      TSImportType: ({ source }) => {
        check(source);
      },
    };
  },
});
