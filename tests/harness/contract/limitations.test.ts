import { expect, test } from "vitest";
import { describeStartup } from "../../../fixtures/contract/health-bodies.ts";
import { isOverdue } from "../../../fixtures/contract/limitations.ts";

const LIMITATION = { what: "not served", reviewBy: "2027-06-30" };

test.for([
  ["2027-06-29T00:00:00Z", false],
  ["2027-06-30T23:59:59Z", false],
  ["2027-07-01T00:00:00Z", true],
] as const)("a limitation to be reviewed by 2027-06-30 is overdue at %s: %s", ([now, overdue]) => {
  expect(isOverdue(LIMITATION, Date.parse(now))).toBe(overdue);
});

test.for([
  [
    '{"message":"Startup in progress","startup_in_progress":true,"details":{"phase":"database"}}',
    "Startup in progress, phase database",
  ],
  [
    '{"error":true,"message":"x","details":{"startup_failed":true,"message":"no secret"}}',
    "its start failed: no secret",
  ],
  ['{"message":"Startup not complete","startup_complete":false}', "Startup not complete"],
  ['{"message":"Database gone"}', undefined],
  ["<html>", undefined],
] as const)("the 503 body %s says of the start: %s", ([body, says]) => {
  expect(describeStartup(body)).toBe(says);
});
