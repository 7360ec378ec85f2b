/** Lie 41, rejected with NOTHING_TOUCHED: the case speaks over a socket that another case has opened. */
import { test } from "../../../../fixtures/index.ts";

const { promise: opened, resolve: open } = Promise.withResolvers<{ settle: () => Promise<unknown> }>();
const { promise: done, resolve: finish } = Promise.withResolvers<undefined>();

test(
  "a token is welcomed",
  { meta: { id: "HEALTH-41/another-cases-socket-accomplice" } },
  async ({ token, openSocket }) => {
    await using socket = await openSocket({ token });
    open(socket);
    await done;
  },
);

test("a ping is answered", { meta: { id: "HEALTH-41/another-cases-socket" } }, async ({ expect }) => {
  const socket = await opened;

  expect(await socket.settle()).toMatchObject({ type: "pong" });
  finish(undefined);
});
