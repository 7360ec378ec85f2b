/** Lie 21, fault with E2E_CASE_MISSING: a case that would fail is still to be written. */
import { test } from "../../../../fixtures/index.ts";

test.todo("the backend is healthy", { meta: { id: "HEALTH-21/todo" } });
