/** Lie 39, rejected with NOTHING_TOUCHED: `test.override` puts a client in the backend's place that is always content. */
import { HttpClient } from "../../../../fixtures/client/http.ts";
import { test } from "../../../../fixtures/index.ts";

class Content extends HttpClient {
  override get(): ReturnType<HttpClient["get"]> {
    const json = (): never => {
      throw new TypeError("nobody looks");
    };
    const { service } = this;
    return Promise.resolve({
      call: "",
      service,
      receivedAtMs: 0,
      status: 200,
      headers: {},
      text: "",
      toleratedAs: undefined,
      json,
    });
  }
}

test.override("backend", ({ target, dispatcher, context }) => {
  return new Content("backend", target.urls.backend, dispatcher, context);
});

test("the backend is healthy", { meta: { id: "HEALTH-39/overridden-backend" } }, async ({ backend, expect }) => {
  const { status } = await backend.get("/health");

  expect(status).toBe(200);
});
