import { definePlugin } from "@oxlint/plugins";
import { environmentAccess } from "./rules/environment-access.ts";
import { importDirection } from "./rules/import-direction.ts";
import { plainCase } from "./rules/plain-case.ts";
import { reasonedDisable } from "./rules/reasoned-disable.ts";

/** The rules of this suite that no linter ships. */
export default definePlugin({
  meta: { name: "staging-suite" },
  rules: {
    "import-direction": importDirection,
    "environment-access": environmentAccess,
    "plain-case": plainCase,
    "reasoned-disable": reasonedDisable,
  },
});
