import { describe, expect, test } from "vitest";
import { revisionInBody, revisionInHeaders } from "../../../fixtures/contract/revision.ts";

describe("a revision's name in headers", () => {
  test.for([
    { what: "the first of two", headers: { "x-revision": "rev-1", "x-cloud-run-revision": "rev-2" }, named: "rev-1" },
    { what: "Cloud Run's own", headers: { "x-cloud-run-revision": "rev-2" }, named: "rev-2" },
    {
      what: "the one beside an empty one",
      headers: { "x-revision": "", "x-cloud-run-revision": "rev-2" },
      named: "rev-2",
    },
    { what: "none where it is empty", headers: { "x-revision": "" }, named: undefined },
    { what: "none where there is no such header", headers: { server: "rev-1" }, named: undefined },
  ])("is $what", ({ headers, named }) => {
    const values = new Map(Object.entries(headers));

    expect(revisionInHeaders((name) => values.get(name))).toBe(named);
  });
});

describe("a revision's name in a health body", () => {
  test.for([
    { what: "the first of three", text: '{"build_sha":"c","commit":"b","revision":"a"}', named: "a" },
    { what: "that of another generation", text: '{"status":"healthy","build_sha":"c"}', named: "c" },
    { what: "the one beside null", text: '{"revision":null,"commit":"abc"}', named: "abc" },
    { what: "the one beside an empty one", text: '{"revision":"","commit":"abc"}', named: "abc" },
    { what: "the one beside a number", text: '{"revision":7,"commit":"abc"}', named: "abc" },
    { what: "none where it is no text", text: '{"revision":7}', named: undefined },
    { what: "none of a list", text: '["abc"]', named: undefined },
    { what: "none of what is no JSON", text: "<html>", named: undefined },
  ])("is $what", ({ text, named }) => {
    expect(revisionInBody(text)).toBe(named);
  });
});
