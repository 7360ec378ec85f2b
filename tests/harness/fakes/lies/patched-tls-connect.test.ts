/** Lie 2, rejected with ANSWER_WITHOUT_SOCKET: tls.connect hands out a stream in memory that speaks HTTP. */
import { Duplex } from "node:stream";
import tls from "node:tls";
import { test } from "../../../../fixtures/index.ts";

class Conversation extends Duplex {
  readonly authorized = true;
  readonly alpnProtocol = "http/1.1";

  override _read(): void {}

  override _write(_chunk: Buffer, _encoding: string, done: () => void): void {
    setTimeout(() => this.push('HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{"status":"healthy"}'), 50);
    done();
  }

  setKeepAlive(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  ref(): void {}
  unref(): void {}
}

test("the backend is healthy", { meta: { id: "HEALTH-02/patched-tls-connect" } }, async ({ backend }) => {
  Reflect.set(tls, "connect", () => {
    const stream = new Conversation();
    setImmediate(() => stream.emit("secureConnect"));
    return stream;
  });

  await backend.get("/health");
});
