import { defineRule } from "@oxlint/plugins";

const DISABLE = /^\s*(?:oxlint|eslint)-disable/;

/** A comment that switches a rule off names the rule and, after `--`, the reason. */
export const reasonedDisable = defineRule({
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          if (!DISABLE.test(comment.value)) continue;
          const [directive = "", reason = ""] = comment.value.split(/\s--\s/, 2);
          if (reason.trim() !== "" && directive.trim().includes(" ")) continue;
          context.report({
            node: comment,
            message: "say which rule is off and why: oxlint-disable-next-line <rule> -- <reason>",
          });
        }
      },
    };
  },
});
