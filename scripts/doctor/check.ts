/** What one check found. A problem always comes with its fix. */
export type CheckResult =
  | { readonly state: "ok"; readonly detail: string }
  | { readonly state: "problem"; readonly detail: string; readonly fix: string }
  | { readonly state: "not checked"; readonly detail: string };

/** A result under its name, as it is printed. */
export type NamedResult = CheckResult & { readonly name: string };

/** Longest time a single check may take, in milliseconds. */
export const CHECK_MS = 5_000;

export function ok(detail: string): CheckResult {
  return { state: "ok", detail };
}

export function problem(detail: string, fix: string): CheckResult {
  return { state: "problem", detail, fix };
}

export function notChecked(because: string): CheckResult {
  return { state: "not checked", detail: because };
}

/** A check's lines: state, name, what was found, and the fix of a problem below it. */
export function renderResult(result: NamedResult): string {
  const line = `${result.state.padEnd(11)}  ${result.name.padEnd(20)}  ${result.detail}`;
  return result.state === "problem" ? `${line}\n${" ".repeat(35)}fix: ${result.fix}` : line;
}
