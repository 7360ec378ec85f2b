/** Lie 11, red with E2E_NO_ASSERTION: an empty body. */
import { test } from "../../../../fixtures/index.ts";

test("the backend is healthy", { meta: { id: "HEALTH-11/empty-body" } }, () => {});
