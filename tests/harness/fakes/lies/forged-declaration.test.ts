/** Lie 44, rejected with ANSWER_WITHOUT_SOCKET: the case declares a call that it never made. */
import { test } from "../../../../fixtures/index.ts";
import { currentCase } from "../../../../fixtures/witness/index.ts";

test("the backend is healthy", { meta: { id: "HEALTH-44/forged-declaration" } }, ({ expect }) => {
  currentCase()?.declare({
    kind: "http",
    service: "backend",
    method: "GET",
    path: "/health",
    route: "/health",
    outcome: "success",
    status: 200,
    met: true,
    toleratedAs: null,
    traceId: "0af7651916cd43dd8448eb211c80319c",
    retriedAfter: [],
  });

  expect(currentCase()).toBeDefined();
});
