import { defineRule, type ESTree } from "@oxlint/plugins";

const INSTEAD: Readonly<Record<string, string>> = {
  TryStatement: "a case has no try: declare the outcome the call expects, or use rejects.toMatchObject({ code })",
  IfStatement: "a case has no if: split it into two cases, or let the contract's outcome table decide",
  SwitchStatement: "a case has no switch: make each branch a case",
  ConditionalExpression: "a case has no branch: split it into two cases, or let the contract's outcome table decide",
  loop: "a case has no loop in its body: it hides which iteration failed; declare one case per row instead",
  fixture: "a case has no fixtures of its own: they stand in fixtures/case, where all cases share them",
  alias: "a case's `test` is called test: under another name these rules do not know it",
  timer: "a case has no timer: await the event, or for an absence something that must come after it",
};

/** How Vitest lets a file replace what its cases are handed. */
const OWN_FIXTURES = new Set(["extend", "override", "scoped"]);

/** Cases read as one sentence: no branch, no try, no timer, and loops only around the declarations of cases. */
export const plainCase = defineRule({
  create(context) {
    const report = (node: ESTree.Node, what: string): void => {
      context.report({ node, message: INSTEAD[what] ?? what });
    };
    const loop = (node: ESTree.Node): void => {
      if (isInCase(node)) report(node, "loop");
    };
    return {
      ImportSpecifier: (node) => {
        const { imported, local } = node;
        if (imported.type === "Identifier" && imported.name === "test" && local.name !== "test") report(node, "alias");
      },
      TryStatement: (node) => {
        report(node, "TryStatement");
      },
      IfStatement: (node) => {
        report(node, "IfStatement");
      },
      SwitchStatement: (node) => {
        report(node, "SwitchStatement");
      },
      ConditionalExpression: (node) => {
        if (isInCase(node)) report(node, "ConditionalExpression");
      },
      ForStatement: loop,
      ForInStatement: loop,
      ForOfStatement: loop,
      WhileStatement: loop,
      DoWhileStatement: loop,
      MemberExpression: (node) => {
        if (node.property.type !== "Identifier" || !OWN_FIXTURES.has(node.property.name)) return;
        if (node.object.type === "Identifier" && /test$/i.test(node.object.name)) report(node, "fixture");
      },
      Identifier: (node) => {
        if (/^set(?:Timeout|Interval|Immediate)$/.test(node.name)) report(node, "timer");
      },
    };
  },
});

/** Whether the node is inside a function that is handed to `test(…)` or one of its forms. */
function isInCase(node: ESTree.Node): boolean {
  for (let inner: ESTree.Node | null = node; inner !== null; inner = inner.parent) {
    if (inner.type !== "ArrowFunctionExpression" && inner.type !== "FunctionExpression") continue;
    if (inner.parent.type === "CallExpression" && calledName(inner.parent.callee) === "test") return true;
  }
  return false;
}

function calledName(callee: ESTree.Expression): string | undefined {
  if (callee.type === "Identifier") return callee.name;
  if (callee.type === "MemberExpression") return calledName(callee.object);
  return callee.type === "CallExpression" ? calledName(callee.callee) : undefined;
}
