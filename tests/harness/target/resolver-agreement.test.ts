import { describe, expect, test } from "vitest";
import { compareResolvers, type Resolvers } from "../../../fixtures/target/resolver-agreement.ts";

const HOST = "api.staging.example";
const URLS = [`https://${HOST}`, `wss://${HOST}`];
const { promise: NEVER } = Promise.withResolvers<never>();

const says =
  (...addresses: readonly string[]): Resolvers["own"] =>
  () =>
    Promise.resolve(addresses);
const fails =
  (code: string): Resolvers["own"] =>
  () =>
    Promise.reject(Object.assign(new Error(`queryA ${code}`), { code }));

function compare(system: Resolvers["system"], own: Resolvers["own"]): Promise<string[]> {
  return compareResolvers(URLS, NEVER, { system, own });
}

describe("the system and the name servers", () => {
  test("agree where they have an address in common, in whichever order", async () => {
    expect(await compare(says("34.1.1.1"), says("34.1.1.1"))).toEqual([]);
    expect(await compare(says("34.1.1.1", "34.1.1.2"), says("34.1.1.3", "34.1.1.2"))).toEqual([]);
  });

  test("disagree where they have none: one sentence for each host", async () => {
    expect(await compare(says("10.8.0.4"), says("34.1.1.2", "34.1.1.1"))).toEqual([
      `${HOST} resolves to 10.8.0.4 here, and its name servers say 34.1.1.1, 34.1.1.2`,
    ]);
  });

  test.for(["ENOTFOUND", "ENODATA"])("disagree where the name is known here alone (%s)", async (code) => {
    expect(await compare(says("10.8.0.4"), fails(code))).toEqual([
      `${HOST} resolves to 10.8.0.4 here, and its name servers say no address`,
    ]);
  });

  test.for(["ETIMEOUT", "ECONNREFUSED", "ESERVFAIL", "ECANCELLED"])("a failure is no answer (%s)", async (code) => {
    expect(await compare(says("10.8.0.4"), fails(code))).toEqual([]);
  });

  test("a name that the system does not resolve is the calibration's to report", async () => {
    expect(await compare(fails("ENOTFOUND"), says("34.1.1.1"))).toEqual([]);
  });
});

describe("it costs no time", () => {
  test("what has not answered when the calibration ends says nothing", async () => {
    const resolvers = { system: says("10.8.0.4"), own: () => NEVER };

    expect(await compareResolvers(URLS, Promise.resolve(), resolvers)).toEqual([]);
  });

  test("nor does a calibration that fails keep it", async () => {
    const resolvers = { system: says("10.8.0.4"), own: () => NEVER };

    expect(await compareResolvers(URLS, Promise.reject(new Error("no socket")), resolvers)).toEqual([]);
  });
});

test.for(["https://localhost:8443", "https://a.localhost", "https://127.0.0.1:1", "https://[::1]", "https://8.8.8.8"])(
  "%s is asked nobody for",
  async (url) => {
    const asked: string[] = [];
    const resolve = (host: string) => {
      asked.push(host);
      return Promise.resolve([]);
    };

    expect(await compareResolvers([url], NEVER, { system: resolve, own: resolve })).toEqual([]);
    expect(asked).toEqual([]);
  },
);
