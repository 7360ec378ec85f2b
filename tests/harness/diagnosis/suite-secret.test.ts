import { describe, expect, test } from "vitest";
import { diagnose } from "../../../fixtures/diagnosis/diagnose.ts";
import { causesOf, closed1008, failed, passed, refused1008, runOf, tokensAcceptedOnRest } from "./scenario.ts";

describe("a secret of the suite's that no service has", () => {
  const invalid = "POST auth /auth/verify calls a fresh token of u1 invalid: Invalid or expired token";
  const wrong = failed("AUTH-02", { code: "E2E_TOKEN_CALLED_INVALID", service: "auth", message: invalid });

  test("is told from a target that refuses: the exchanged tokens are accepted", () => {
    const scenes = [passed("AUTH-01/claims"), tokensAcceptedOnRest, wrong];

    expect(causesOf(scenes)).toEqual({ SUITE_SECRET_DIFFERS: ["AUTH-02"] });
  });

  test("is named without a bypass key too: the auth service does not know its tokens either", () => {
    const scenes = [
      wrong,
      failed("CONN-01", closed1008, refused1008),
      failed("AUTH-12/rest", { code: null, service: null, message: "rest names anonymous: expected 'anonymous'" }),
    ];
    const run = runOf(scenes);
    const token = { provenance: "minted" as const, userId: "u1" };
    const ledgers = run.ledgers.map((ledger) => ({ ...ledger, tokens: [token] }));

    const [first, ...others] = diagnose({ ...run, ledgers });

    expect(first).toMatchObject({ code: "SUITE_SECRET_DIFFERS", team: "suite" });
    expect(first?.cases.toSorted()).toEqual(["AUTH-02", "AUTH-12/rest", "CONN-01"]);
    expect(others).toEqual([]);
  });
});
