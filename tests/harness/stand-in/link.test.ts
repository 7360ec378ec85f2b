import { expect, test } from "vitest";

import { startStandIn } from "../../../fixtures/stand-in/index.ts";
import { openVisitor, type Visitor } from "./visitor.ts";

const ROUND_TRIP_MS = 120;
const SAMPLES = 5;

async function fastestGetMs(visitor: Visitor, url: string): Promise<number> {
  await visitor.ask(url); // opens the connection
  const times: number[] = [];
  for (let count = 0; count < SAMPLES; count += 1) {
    const started = performance.now();
    await visitor.ask(url);
    times.push(performance.now() - started);
  }
  return Math.min(...times);
}

test("the link adds its round trip to every exchange, and nothing when it is zero", async () => {
  await using near = await startStandIn({ rttMs: 0 });
  await using far = await startStandIn({ rttMs: ROUND_TRIP_MS });
  await using nearVisitor = openVisitor(near);
  await using farVisitor = openVisitor(far);

  const nearMs = await fastestGetMs(nearVisitor, `${near.urls.backend}/health`);
  const farMs = await fastestGetMs(farVisitor, `${far.urls.backend}/health`);

  expect(farMs - nearMs).toBeGreaterThan(ROUND_TRIP_MS * 0.9);
  expect(nearMs).toBeLessThan(ROUND_TRIP_MS);
});

test("bytes keep their order under jitter", async () => {
  await using standIn = await startStandIn({ rttMs: 20, jitterMs: 20 });
  await using visitor = openVisitor(standIn);
  const { access } = await visitor.exchange();
  const socket = await visitor.open("/ws", { token: access });
  const ids = Array.from({ length: 60 }, (_, index) => index);
  for (const id of ids) socket.send({ type: "typing", id });

  await socket.next((frame) => JSON.stringify(frame).includes(`"id":${ids.length - 1},`));

  const answers = socket.frames.filter((frame) => frame["type"] === "typing_acknowledged");
  expect(answers.map((frame) => JSON.stringify(frame).match(/"id":(\d+)/)?.[1])).toEqual(ids.map(String));
});
