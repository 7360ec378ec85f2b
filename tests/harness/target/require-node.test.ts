import { expect, test } from "vitest";
import { nodeFault } from "../../../fixtures/target/require-node.ts";

test.for(["v20.20.2", "v22.19.0", "v23.11.1"])("Node %s is told how to start the suite", (version) => {
  expect(nodeFault(version)).toMatchObject({
    code: "E2E_NODE",
    happened: expect.stringContaining(version),
    next: expect.stringContaining("npm run test:staging"),
  });
});

test.for(["v24.0.0", "v24.21.0", "v26.1.0"])("Node %s runs the suite", (version) => {
  expect(nodeFault(version)).toBeUndefined();
});
