import { test } from "../../../../../fixtures/index.ts";

test("prints its token in two halves", { meta: { id: "HEALTH-01" } }, async ({ backend, token }) => {
  const half = token.value.length / 2;
  process.stdout.write(`token ${token.value.slice(0, half)}`);
  process.stdout.write(`${token.value.slice(half)} printed\n`);

  await backend.get("/health");
});

test("prints a key in base64", { meta: { id: "HEALTH-02" } }, async ({ backend, target }) => {
  process.stderr.write(`key ${Buffer.from(String(target.bypassKey)).toString("base64")} printed\n`);

  await backend.get("/health");
});

test("fails with a token and a key in its message", { meta: { id: "HEALTH-03" } }, async ({ token, target }) => {
  throw new Error(`expected ${token.value} to be signed with ${target.jwtSecret}`);
});

test("notes a key", { meta: { id: "HEALTH-04" } }, async ({ backend, note, target }) => {
  note(`noted: ${target.jwtSecret}`);

  await backend.get("/health");
});
