import { describe, expect, test } from "vitest";
import { STAGING_CLOUD_RUN_HOSTS, STAGING_URLS } from "../../../fixtures/contract/services.ts";
import { classifyAddress } from "../../../fixtures/target/address-class.ts";
import { assertAcceptedHosts, assertPublicAddress, refusalOf } from "../../../fixtures/target/host-policy.ts";
import { hostOf } from "../../../fixtures/contract/target-urls.ts";
import { originOf } from "../../../fixtures/target/url-rules.ts";

const RULES = { allowedHosts: ["preview-17.example.dev"], allowPrivateNetwork: false };

/** The verdict on a URL as the configuration reads it. */
function verdict(url: string, rules = RULES): string {
  const { origin, problem } = originOf(url, "https:");
  return origin === undefined ? (problem ?? "") : (refusalOf(hostOf(origin), rules) ?? "accepted");
}

describe("a host that may be tested", () => {
  test.for([
    ...Object.values(STAGING_URLS).map((url) => url.replace("wss:", "https:")),
    ...STAGING_CLOUD_RUN_HOSTS.map((host) => `https://${host}`),
    "https://API.Staging.NetraSystems.AI:443/",
    "https://api.staging.netrasystems.ai.",
    "https://staging.netrasystems.ai",
    "https://pr-17---netra-backend-staging-pnovr5vsba-uc.a.run.app",
    "https://api-staging.netrasystems.ai",
    "https://preview-17.example.dev",
    "https://preview-17.example.dev.",
  ])("%s", (url) => {
    expect(verdict(url)).toBe("accepted");
  });
});

describe("a host that must not", () => {
  test.for([
    ["https://api.netrasystems.ai", "production"],
    ["https://API.NETRASYSTEMS.AI.", "production"],
    ["https://netrasystems.ai", "production"],
    ["https://app.netrasystems.ai:8443", "production"],
    ["https://netra-backend-production-701982941522.us-central1.run.app", "production"],
    ["https://staging-prod.example.dev", "production"],
    ["https://api.netrasystems.ai/staging", "holds a path; only scheme, host and port count"],
    ["https://staging@api.netrasystems.ai", "holds a user name or password, which it must not"],
    ["https://api%2enetrasystems.ai", "production"],
    ["https://api。netrasystems。ai", "production"],
    ["https://api.netrasystems.ai\\.staging.example.dev", "holds a path; only scheme, host and port count"],
    ["https://example.com", "unknown"],
    ["https://stаging.example.dev", "unknown"],
    ["https://xn--staging-4nf.example.dev", "unknown"],
    ["https://stage.example.dev", "unknown"],
    ["https://preview-17.example.dev.evil.example", "unknown"],
    ["https://x-preview-17.example.dev", "unknown"],
    ["https://8.8.8.8", "unknown"],
    ["https://[2606:4700::1111]", "unknown"],
    ["https://localhost", "private"],
    ["https://LOCALHOST.", "private"],
    ["https://staging.localhost", "private"],
    ["https://127.0.0.1:8443", "private"],
    ["https://2130706433", "private"],
    ["https://0x7f.1", "private"],
    ["https://0177.0.0.1", "private"],
    ["https://127.1", "private"],
    ["https://0", "private"],
    ["https://10.1.2.3", "private"],
    ["https://172.31.255.255", "private"],
    ["https://192.168.0.1", "private"],
    ["https://169.254.169.254", "private"],
    ["https://100.64.0.1", "private"],
    ["https://[::1]", "private"],
    ["https://[::]", "private"],
    ["https://[::ffff:10.0.0.1]", "private"],
    ["https://[::127.0.0.1]", "private"],
    ["https://[64:ff9b::10.0.0.1]", "private"],
    ["https://[2002:a00:1::1]", "private"],
    ["https://[fd12::1]", "private"],
    ["https://[fe80::1]", "private"],
  ] as const)("%s: %s", ([url, reason]) => {
    expect(verdict(url)).toBe(reason);
  });
});

test("a private network that was allowed is accepted, production and unknown hosts are not", () => {
  const rules = { allowedHosts: ["api.netrasystems.ai"], allowPrivateNetwork: true };

  expect(["https://localhost:1", "https://[::1]:1", "https://10.0.0.1"].map((url) => verdict(url, rules))).toEqual([
    "accepted",
    "accepted",
    "accepted",
  ]);
  expect(verdict("https://api.netrasystems.ai", rules)).toBe("production");
  expect(verdict("https://example.com", rules)).toBe("unknown");
});

test("a refusal names every refused host and its variable, under the gravest code", () => {
  const urls = [
    { variable: "STAGING_BASE_URL", url: "https://localhost:1" },
    { variable: "STAGING_AUTH_URL", url: "https://auth.netrasystems.ai" },
    { variable: "STAGING_FRONTEND_URL", url: STAGING_URLS.frontend },
  ];

  expect(() => {
    assertAcceptedHosts(urls, RULES);
  }).toThrow(
    expect.objectContaining({
      code: "E2E_CONFIG_PRODUCTION_HOST",
      happened:
        "Refused to test: localhost (STAGING_BASE_URL) is a loopback or private address; auth.netrasystems.ai (STAGING_AUTH_URL) is a production host",
    }),
  );
});

describe("an address", () => {
  test.for([
    ["8.8.8.8", "public"],
    ["172.32.0.1", "public"],
    ["100.128.0.1", "public"],
    ["2606:4700::1111", "public"],
    ["64:ff9b::808:808", "public"],
    ["::ffff:8.8.8.8", "public"],
    ["127.255.0.1", "loopback"],
    ["::1", "loopback"],
    ["::ffff:127.0.0.1", "loopback"],
    ["::", "unspecified"],
    ["0.0.0.0", "unspecified"],
    ["fe80::1%eth0", "link-local"],
    ["169.254.169.254", "link-local"],
    ["64:ff9b::a9fe:a9fe", "link-local"],
    ["100.127.0.1", "carrier-grade NAT"],
    ["fdff::1", "private"],
    ["224.0.0.1", "multicast"],
    ["255.255.255.255", "reserved"],
    ["localhost", undefined],
  ] as const)("%s is %s", ([address, kind]) => {
    expect(classifyAddress(address)).toBe(kind);
  });
});

describe("a name that resolves", () => {
  const rules = { allowPrivateNetwork: false };

  test("to public addresses alone is accepted", async () => {
    const addresses = await assertPublicAddress("api.staging.example", rules, () => Promise.resolve(["8.8.8.8"]));

    expect(addresses).toEqual([{ address: "8.8.8.8", class: "public" }]);
  });

  test("to one inner address among others is refused, unless that was allowed", async () => {
    const resolve = () => Promise.resolve(["8.8.8.8", "::ffff:10.0.0.1"]);

    await expect(assertPublicAddress("api.staging.example", rules, resolve)).rejects.toMatchObject({
      code: "E2E_CONFIG_PRIVATE_ADDRESS",
      happened: "api.staging.example resolves to ::ffff:10.0.0.1 (private)",
    });
    await expect(assertPublicAddress("h", { allowPrivateNetwork: true }, resolve)).resolves.toHaveLength(2);
  });

  test("to nothing is left to the calibration", async () => {
    const resolve = () => Promise.reject(new Error("ENOTFOUND"));

    await expect(assertPublicAddress("api.staging.example", rules, resolve)).resolves.toEqual([]);
  });
});
