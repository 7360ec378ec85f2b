import { relative, sep } from "node:path";
import { defineRule } from "@oxlint/plugins";
import { layerOf } from "../layers.ts";

const MESSAGE =
  "only fixtures/target reads the environment: declare the variable in fixtures/target/variables.ts and take it from the Target";

/** `process.env` is read in fixtures/target alone, where it is checked and its secrets are taken out. */
export const environmentAccess = defineRule({
  create(context) {
    const layer = layerOf(relative(context.cwd, context.filename).replaceAll(sep, "/"));
    // Harness tests start programs and must hand them an environment.
    if (layer === "target" || layer === "harness") return {};
    return {
      MemberExpression(node) {
        const { object, property, computed } = node;
        if (object.type !== "Identifier" || object.name !== "process") return;
        const name = computed
          ? property.type === "Literal" && property.value
          : property.type === "Identifier" && property.name;
        if (name === "env") context.report({ node, message: MESSAGE });
      },
      VariableDeclarator(node) {
        if (node.init?.type !== "Identifier" || node.init.name !== "process" || node.id.type !== "ObjectPattern")
          return;
        context.report({ node, message: MESSAGE });
      },
      ImportDeclaration(node) {
        if (node.source.value !== "node:process" && node.source.value !== "process") return;
        context.report({ node, message: MESSAGE });
      },
    };
  },
});
