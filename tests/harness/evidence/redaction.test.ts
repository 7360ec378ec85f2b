import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { filterOutput, OutputFilter } from "../../../fixtures/target/output-filter.ts";
import { verifyRun } from "../../../fixtures/evidence/verification/verify-run.ts";
import { keySecrets, Redactor } from "../../../fixtures/target/redaction.ts";
import { createKeys, createProof, createRunFolder, createTrust } from "./run-folder-factory.ts";

const KEY = 'p"a&s<s w/o+rd=é?';
const SECRETS = [{ name: "the bypass key", value: KEY }];
const TOKEN = [
  { alg: "HS256", typ: "JWT" },
  { sub: "user-1", exp: 1_800_000_000 },
]
  .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
  .concat(randomBytes(32).toString("base64url"))
  .join(".");

/** Each character that is no letter and no digit, as `escape` writes it. */
function escaped(text: string, escape: (character: string, code: number) => string): string {
  return text.replaceAll(/[^A-Za-z0-9]/g, (character) => escape(character, character.charCodeAt(0)));
}

function unicode(text: string): string {
  return escaped(text, (_, code) => `\\u${code.toString(16).padStart(4, "0")}`);
}

const bytes = Buffer.from(KEY);
const FORMS: Readonly<Record<string, string>> = {
  raw: KEY,
  base64: bytes.toString("base64"),
  base64url: bytes.toString("base64url"),
  hex: bytes.toString("hex"),
  "upper-case hex": bytes.toString("hex").toUpperCase(),
  "URL-escaped": encodeURIComponent(KEY),
  "JSON-escaped": JSON.stringify(KEY),
  "JSON in JSON": JSON.stringify(JSON.stringify({ key: KEY })),
  "XML-escaped": KEY.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;"),
  "URL-escaped twice": encodeURIComponent(encodeURIComponent(KEY)),
  "URL-escaped but for slashes, in small letters": encodeURIComponent(KEY)
    .replaceAll("%2F", "/")
    .replaceAll(/%../g, (octet) => octet.toLowerCase()),
  "of a form": new URLSearchParams({ KEY }).toString().slice(4),
  "JSON with escaped slashes": JSON.stringify(KEY).replaceAll("/", String.raw`\/`),
  "JSON in Unicode escapes": unicode(KEY),
  "JSON in Unicode escapes of capitals": unicode(KEY).replaceAll(
    /\\u..../g,
    (unit) => `\\u${unit.slice(2).toUpperCase()}`,
  ),
  "Unicode escapes in JSON": JSON.stringify(unicode(KEY)),
  "decimal entities": escaped(KEY, (_, code) => `&#${String(code).padStart(3, "0")};`),
  "hexadecimal entities": escaped(KEY, (_, code) => `&#x${code.toString(16)};`),
  "hexadecimal entities of capitals": escaped(KEY, (_, code) => `&#X${code.toString(16).toUpperCase()};`),
  "entities in XML": escaped(KEY, (_, code) => `&amp;#${code};`),
  "base64 in a URL": encodeURIComponent(bytes.toString("base64")),
  "HTTP Basic": Buffer.from(`user:${KEY}`).toString("base64"),
  "base64 one byte on": Buffer.from(`.${KEY}.`).toString("base64"),
  "base64 two bytes on": Buffer.from(`..${KEY}..`).toString("base64"),
};

describe("a key is found", () => {
  const redactor = new Redactor(SECRETS);

  test.for(Object.entries(FORMS))("%s", ([, form]) => {
    const { text, found } = redactor.redact(`before ${form} after`);

    expect(found).toEqual(["the bypass key"]);
    expect(text).toContain("<secret>");
    // Of base64 at an offset the characters that it shares with its neighbours may stay.
    expect(text.length).toBeLessThan(40);
  });

  test("whatever its characters, in an escape that only some of them need", () => {
    const own = `${randomBytes(9).toString("hex")}'+/=\\\\"\n😀 ${randomBytes(9).toString("hex")}`;
    const forms = [
      own,
      JSON.stringify(own).slice(1, -1),
      JSON.stringify(JSON.stringify(JSON.stringify(own))).slice(7, -7),
      encodeURIComponent(own),
      own.replaceAll("'", "&#x27;").replaceAll("+", "&#43;").replaceAll('"', "&quot;"),
      own
        .replaceAll("'", "&#039;")
        .replaceAll("=", String.raw`\u003D`)
        .replaceAll("+", "%2b"),
    ];
    for (const form of forms) {
      expect(new Redactor([{ name: "its own", value: own }]).redact(`(${form})`).text).toBe("(<secret>)");
    }
  });

  test.for([11, 20, 39])("of which an assertion shows %i characters", (shown) => {
    const value = randomBytes(32).toString("base64url");
    const { text } = new Redactor([{ name: "its own", value }]).redact(
      `expected '${value.slice(0, shown)}…' to be 'y'`,
    );

    expect(text).toBe("expected '<secret>' to be 'y'");
  });

  test("of any size, within a text of any kind, in a moment", () => {
    const long = randomBytes(4000).toString("base64");
    const own = new Redactor([
      { name: "a long key", value: long },
      { name: "slashes", value: "/".repeat(60) },
    ]);
    const startedMs = performance.now();

    expect(own.redact(`${"\\".repeat(10_000)}${long}`).found).toEqual(["a long key"]);
    expect(own.redact("handleUpdate/%2F&#47; ".repeat(100_000)).found).toEqual([]);
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  });

  test("of the evidence: its PEM and its seed in any of these forms", () => {
    const { privateKey } = createKeys();
    const found = new Redactor(keySecrets("the evidence key", privateKey)).redact(JSON.stringify(privateKey));

    expect(found.found).toEqual(["the evidence key"]);
    expect(found.text).toContain("PRIVATE KEY-----\\n<secret>\\n");
  });

  test("but not where it is so short that it stands everywhere", () => {
    expect(new Redactor([{ name: "a short key", value: "key" }]).redact("the key of a keyboard").found).toEqual([]);
  });
});

describe("a token is found by its shape", () => {
  test.for([
    ["raw", TOKEN],
    ["without its signature", TOKEN.split(".").slice(0, 2).join(".")],
    ["as a subprotocol", `jwt.${Buffer.from(TOKEN).toString("base64url")}`],
    ["in base64, after a byte", Buffer.from(`Bearer ${TOKEN}`).toString("base64")],
    ["in base64, after two bytes", Buffer.from(`a ${TOKEN}`).toString("base64")],
    ["in base64, after what looks like it", `leUpdate/${Buffer.from(TOKEN).toString("base64")}`],
    ["in base64url, after two bytes", Buffer.from(`{"${TOKEN}"}`).toString("base64url")],
    ["in hexadecimal", Buffer.from(TOKEN).toString("hex")],
  ])("%s", ([, form]) => {
    const { text, found } = new Redactor().redact(`Bearer ${form},`);

    expect(found).toEqual(["a token"]);
    // Of base64 the beginning, before the token, may stay.
    expect(text).toMatch(/^Bearer [\w./]{0,12}<token>,$/);
  });

  test.for([
    { what: "a digest", text: "65794a".padEnd(64, "0") },
    { what: "a word", text: "eyJust.a.word" },
    { what: "a path", text: "src/handleUpdate/of-the-longest/name-that/anybody-has-seen" },
    { what: "a name", text: "aWV5SjEvery/other-name-that-begins-like-a-token-in-base64" },
    { what: "a payload", text: Buffer.from('{"_type":"https://in-toto.io/Statement/v1"}').toString("base64") },
  ])("$what is none", ({ text }) => {
    expect(new Redactor().redact(text)).toEqual({ text, found: [] });
  });
});

describe("output that comes in pieces", () => {
  function filtered(pieces: readonly string[]): { text: string; found: string[] } {
    const found = new Set<string>();
    const filter = new OutputFilter(new Redactor(SECRETS), (names) => {
      for (const name of names) found.add(name);
    });
    const text = pieces.map((piece) => filter.push(piece)).join("") + filter.end();
    return { text, found: [...found] };
  }

  const secretTexts = [
    ...Object.values(FORMS).filter(
      (form) => new Redactor(SECRETS).redact(form).text.replaceAll('"', "") === "<secret>",
    ),
    ...["", "x", "xy"].map((before) => Buffer.from(`${before}${TOKEN}`).toString("base64url")),
    TOKEN,
    `'${KEY.slice(0, 12)}…'`,
  ];

  test.for(secretTexts)("hides a secret wherever it is cut: %s", (secret) => {
    const line = `a line with ${secret} in it\n`;
    const whole = filtered([line]);

    const cut = Array.from(line, (_, index) => filtered([line.slice(0, index), line.slice(index)]));

    expect(whole.found).toHaveLength(1);
    expect(new Set(cut.map(({ text }) => text))).toEqual(new Set([whole.text]));
  });

  test("hides a secret that comes a character at a time", () => {
    expect(filtered(Array.from(`x${KEY}${TOKEN} y`))).toEqual({
      text: "x<secret><token> y",
      found: ["the bypass key", "a token"],
    });
  });

  test("loses nothing of what is no secret", () => {
    const line = 'p"a&s<s w/o eyJ ZXl 65794a p"a&s<s w/o+rd=\n';

    expect(filtered(Array.from(line)).text).toBe(line);
  });

  test("is decoded across pieces and calls back", async () => {
    const stream = new PassThrough();
    const shown: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => shown.push(chunk));
    const filter = new OutputFilter(new Redactor(SECRETS), () => undefined);
    const release = filterOutput(stream, filter);

    const euro = Buffer.from("€");
    stream.write(euro.subarray(0, 1));
    const written = Promise.withResolvers<void>();
    stream.write(euro.subarray(1), () => {
      written.resolve();
    });
    await written.promise;
    stream.write("7069", "hex");
    release();
    stream.end(" and more");
    await once(stream, "end");

    expect(Buffer.concat(shown).toString()).toBe("€pi and more");
  });
});

describe("a record", () => {
  test("that held a secret holds it no more, says where it was, and is the suite's own fault", () => {
    const ledger = { ...createProof("HEALTH-02"), notes: [`the key is ${KEY}`] };
    using run = createRunFolder({ ledgers: [createProof("HEALTH-01"), ledger], secrets: SECRETS });

    const written = readdirSync(run.folder).map((name) => readFileSync(join(run.folder, name), "utf8"));
    const { record, checks } = verifyRun(run.folder, createTrust());

    expect(new Redactor(SECRETS).redact(written.join("\n")).found).toEqual([]);
    expect(checks.filter(({ outcome }) => outcome !== "ok")).toEqual([]);
    expect(record?.verdict.exitCode).toBe(2);
    expect(record?.suiteFaults).toEqual([
      "the bypass key stood in entry 5 of ledger.jsonl (ledger of HEALTH-02) and was redacted",
    ]);
  });
});
