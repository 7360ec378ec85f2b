import {
  BOUNDS,
  LOOKALIKE_ORIGINS,
  openRootPage,
  OPAQUE_ORIGIN,
  preflightHeaders,
  test,
} from "../../fixtures/index.ts";

/** What each service answers to anybody. */
const HOSTS = [
  ["backend", "/health"],
  ["auth", "/health"],
  ["frontend", "/api/health"],
] as const;

for (const [service, path] of HOSTS) {
  test(
    `the certificate of ${service} verifies, over TLS 1.2 or newer, for 14 days more`,
    { meta: { id: `HEALTH-10/${service}` } },
    async ({ clientOf, certificateOf, expect }) => {
      const client = clientOf(service);
      await client.get(path, { expect: "unavailable-or-success" });

      const certificate = certificateOf(client);

      expect(certificate.authorized, "chain and host name verify").toBe(true);
      expect(certificate.tlsVersion).toMatch(/^TLSv1\.[23]$/);
      expect(certificate).toStayValidFor(BOUNDS.certificateDays);
    },
  );

  test(
    `the clock of ${service} agrees with ours`,
    { meta: { id: `HEALTH-11/${service}` } },
    async ({ clientOf, expect }) => {
      const answer = await clientOf(service).get(path, { expect: "unavailable-or-success" });

      expect(answer).toShareOurClock();
    },
  );
}

/** What the frontend's middleware sends outside of development (contract §6). */
const SECURITY_HEADERS = [
  ["strict-transport-security", /max-age=(?:3[1-9]\d{6}|[4-9]\d{7}|\d{9,})\b.*includeSubDomains/],
  ["x-content-type-options", /^nosniff$/],
  ["x-frame-options", /^DENY$/],
  ["x-xss-protection", /^1; mode=block$/],
  ["referrer-policy", /^strict-origin-when-cross-origin$/],
  ["content-security-policy", /\bdefault-src 'self'/],
] as const;

for (const [name, value] of SECURITY_HEADERS) {
  test(`the frontend's page carries ${name}`, { meta: { id: `HEALTH-12/${name}` } }, async ({ frontend, expect }) => {
    const page = await openRootPage(frontend);

    expect(page).toCarryHeader(name, value);
  });
}

/** A route of each service that pages call with a token. */
const CALLED_BY_PAGES = [
  ["backend", "/api/threads"],
  ["auth", "/auth/verify"],
] as const;

for (const [service, path] of CALLED_BY_PAGES) {
  test(
    `${service} lets the frontend's origin send credentials`,
    { meta: { id: `HEALTH-13/${service}-own` }, tags: ["premerge"] },
    async ({ clientOf, target, expect }) => {
      const headers = preflightHeaders(target.urls.frontend);

      const answer = await clientOf(service).options(path, { headers, expect: "preflight-allowed" });

      expect(answer).toAllowCredentialsFrom(target.urls.frontend);
    },
  );

  for (const [slug, resembling] of Object.entries(LOOKALIKE_ORIGINS)) {
    test(
      `${service} shuts out an origin that only resembles the frontend's: ${slug}`,
      { meta: { id: `HEALTH-13/${service}-${slug}` }, tags: ["premerge"] },
      async ({ clientOf, target, expect }) => {
        const origin = resembling(target.urls.frontend);

        const answer = await clientOf(service).options(path, {
          headers: preflightHeaders(origin),
          expect: "preflight-refused",
        });

        expect(answer).not.toBeReadableBy(origin);
      },
    );
  }

  test(
    `${service} shuts out the opaque origin of a sandboxed frame`,
    { meta: { id: `HEALTH-13/${service}-opaque` }, tags: ["premerge"] },
    async ({ clientOf, expect }) => {
      const answer = await clientOf(service).options(path, {
        headers: preflightHeaders(OPAQUE_ORIGIN),
        expect: "preflight-refused",
      });

      expect(answer).not.toBeReadableBy(OPAQUE_ORIGIN);
    },
  );
}
