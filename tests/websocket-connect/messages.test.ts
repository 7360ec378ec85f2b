import {
  bodyOf,
  createUnknownMessage,
  describe,
  MALFORMED_MESSAGE_CODES,
  readError,
  socketLimitsSchema,
  test,
} from "../../fixtures/index.ts";

/** Umlauts, a combining accent, two scripts beyond Latin, and a character outside the basic plane. */
const UNICODE = "größe-e\u0301-漢字-λόγος-🜁";
/** Just under the smallest limit of any generation (8192 bytes, contract §2.8). */
const LARGE_BYTES = 8_000;
/** The most a control frame holds (RFC 6455 §5.5). */
const LARGEST_PING_BYTES = 125;

describe("signs of life", () => {
  test(
    "a JSON ping is answered with a pong that names the time and the own user",
    { meta: { id: "CONN-06/json-ping" } },
    async ({ token, openSocket, expect }) => {
      await using socket = await openSocket({ token });

      const pong = bodyOf(await socket.settle());

      expect(pong).toShowUser(token.user);
      expect(pong, "the pong's data").toHaveProperty("timestamp");
    },
  );

  test(
    "twelve pings at once are answered with as many pongs",
    { meta: { id: "CONN-06/many-pings" } },
    async ({ token, openSocket, expect }) => {
      await using socket = await openSocket({ token });

      const pongs = await Promise.all(Array.from({ length: 12 }, () => socket.settle()));

      expect(pongs).toHaveLength(12);
    },
  );

  test(
    "a protocol ping of the greatest length comes back with the same bytes",
    { meta: { id: "CONN-06/protocol-ping" } },
    async ({ token, openSocket, expect }) => {
      await using socket = await openSocket({ token });

      expect(await socket.challenge(LARGEST_PING_BYTES)).toHaveLength(LARGEST_PING_BYTES);
    },
  );

  test(
    "a heartbeat is acknowledged as healthy",
    { meta: { id: "CONN-06/heartbeat" } },
    async ({ token, openSocket, expect }) => {
      await using socket = await openSocket({ token });

      socket.send({ type: "heartbeat" });

      expect(bodyOf(await socket.nextFrameOfType("heartbeat_ack"))).toMatchObject({ status: "healthy" });
    },
  );
});

describe("a message the server cannot use", () => {
  test(
    "malformed JSON is answered with an error frame, and the connection goes on",
    { meta: { id: "CONN-07/malformed-json" } },
    async ({ token, openSocket, expect }) => {
      await using socket = await openSocket({ token });

      socket.sendRaw('{"type":"ping",');
      const frame = await socket.nextFrame((each) => readError(each) !== undefined, "error frame");

      expect(MALFORMED_MESSAGE_CODES).toContain(readError(frame)?.code);
      await socket.settle();
    },
  );

  test(
    "an unknown type is acknowledged by name to its own user",
    { meta: { id: "CONN-07/unknown-type" } },
    async ({ token, openSocket, expect }) => {
      await using socket = await openSocket({ token });
      const message = createUnknownMessage();

      socket.sendRaw(message.text);
      const answer = await socket.answerTo(message.type);

      expect(answer).toBeAcknowledged(message);
      expect(answer).toShowUser(token.user);
    },
  );
});

describe("messages of every size and kind", () => {
  test(
    "a message just under the limit is read whole",
    { meta: { id: "CONN-08/large" } },
    async ({ token, openSocket, expect }) => {
      await using socket = await openSocket({ token });
      const message = createUnknownMessage({ bytes: LARGE_BYTES });

      socket.sendRaw(message.text);

      expect(await socket.answerTo(message.type)).toBeAcknowledged(message);
    },
  );

  test(
    "text beyond ASCII comes back unchanged",
    { meta: { id: "CONN-08/unicode" } },
    async ({ token, openSocket, expect }) => {
      await using socket = await openSocket({ token });
      const message = createUnknownMessage({ mark: UNICODE });

      socket.sendRaw(message.text);

      expect(await socket.answerTo(message.type)).toBeAcknowledged(message);
    },
  );

  test(
    "a message in many fragments, cut within its characters, is read as one",
    { meta: { id: "CONN-08/fragmented" } },
    async ({ token, openSocket, expect }) => {
      await using socket = await openSocket({ token });
      const message = createUnknownMessage({ mark: UNICODE });

      socket.sendFragmented(message.text, 20);

      expect(await socket.answerTo(message.type)).toBeAcknowledged(message);
    },
  );

  test(
    "a binary message is read, or visibly refused",
    { meta: { id: "CONN-08/binary" } },
    async ({ token, openSocket, note, expect }) => {
      await using socket = await openSocket({ token });
      const message = createUnknownMessage();

      socket.sendRaw(Buffer.from(message.text));
      const answer = await socket.answerTo(message.type);

      note(`a binary message is ${answer.outcome}`);
      expect(answer).toHaveProperty("outcome");
    },
  );

  test(
    "a message over the announced limit is visibly refused",
    { meta: { id: "CONN-08/over-limit" } },
    async ({ backend, token, openSocket, expect }) => {
      const { messageBytes } = (await backend.get("/ws/config")).json(socketLimitsSchema);
      await using socket = await openSocket({ token });
      const message = createUnknownMessage({ bytes: messageBytes + 1 });

      socket.sendRaw(message.text);

      expect(await socket.answerTo(message.type)).toBeRefused();
    },
  );
});
