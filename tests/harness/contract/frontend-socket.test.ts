import { describe, expect, test } from "vitest";
import { findFrontendSocket } from "../../../fixtures/contract/frontend-socket.ts";
import { strayReason } from "../../../fixtures/contract/target-urls.ts";
import { readPage } from "../../../fixtures/contract/web-page.ts";

const TARGET = {
  urls: { backend: "https://api.staging.example", frontend: "https://app.staging.example" },
  websocket: "wss://api.staging.example",
};

describe("the WebSocket URL that the frontend leads to", () => {
  const cases = [
    ["is read from the configuration first", ['{"ws":"wss://api.staging.example/ws"}', "wss://x.example/y"], "/ws"],
    [
      "is read from a script where the page has none",
      ["<html>", 'e="wss://api.staging.example/websocket"'],
      "/websocket",
    ],
    ["is this target's, not a developer's default", ['"ws://localhost:8000/ws" "wss://api.staging.example/a"'], "/a"],
    ["prefers one with a path", ['"wss://api.staging.example" "wss://api.staging.example/ws"'], "/ws"],
    ["gets the frontend's path where only its origin is written", ['"wss://api.staging.example"'], "/websocket"],
    ["follows from the backend where none is written", ["<html>"], "/websocket"],
    ["is no template", ["`wss://${host}/nowhere`"], "/websocket"],
  ] as const;

  test.for(cases)("%s", ([, texts, path]) => {
    const served = texts.map((text, index) => ({ where: String(index), text }));

    expect(findFrontendSocket(served, TARGET, TARGET.urls.backend).url).toBe(`wss://api.staging.example${path}`);
  });

  test("is the foreign one where there is no other: the case must see it", () => {
    const served = [{ where: "bundle", text: 'url:"ws://localhost:8000/ws"' }];

    expect(findFrontendSocket(served, TARGET, TARGET.urls.backend).url).toBe("ws://localhost:8000/ws");
  });
});

test.for([
  ["https://api.staging.example/x", undefined],
  ["wss://api.staging.example", undefined],
  ["http://api.staging.example", "http://api.staging.example (not encrypted)"],
  ["https://api.staging.example:8443", "https://api.staging.example:8443 (no host of this target)"],
  ["https://localhost:3000", "https://localhost:3000 (no host of this target)"],
  ["/relative", "/relative (no URL)"],
] as const)("%s leads away: %s", ([url, reason]) => {
  expect(strayReason(url, TARGET)).toBe(reason);
});

test.for([
  ["<title>Netra Apex</title><h1>Chat</h1>", undefined],
  ["<title>404: This page could not be found</title>", "404: This page could not be found"],
  [
    "<title>Netra</title><h2>Application error: a client-side exception</h2>",
    "Application error: a client-side exception",
  ],
  ["<title>502 Bad Gateway</title>", "502 Bad Gateway"],
  ["<h1>Error: Server Error</h1>", "Error: Server Error"],
] as const)("a page of %s is an error page: %s", ([html, error]) => {
  expect(readPage(html).errorText).toBe(error);
});
