import { once } from "node:events";
import { parentPort, workerData } from "node:worker_threads";
import { WebSocket } from "ws";
import { z } from "zod";

/** Opens, uses and closes connections as a case does, and tells the parent what that took of this thread. */
const workSchema = z.strictObject({
  port: z.number().int(),
  ca: z.string(),
  connections: z.number().int(),
  atOnce: z.number().int(),
  witness: z.boolean(),
});

const { port, ca, connections, atOnce, witness } = workSchema.parse(workerData);
const WARM_UP = 50;
const MESSAGE = JSON.stringify({ type: "user_message", payload: { content: "count to three" } });

async function converse(): Promise<void> {
  const socket = new WebSocket(`wss://localhost:${port}/ws`, { ca, perMessageDeflate: false });
  await once(socket, "open");
  const pong = once(socket, "pong");
  socket.ping(Buffer.alloc(16, 7));
  await pong;
  for (let turn = 0; turn < 5; turn += 1) {
    socket.send(MESSAGE);
    await once(socket, "message");
  }
  socket.close(1000);
  await once(socket, "close");
}

async function converseTimes(times: number): Promise<void> {
  let left = times;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await converse();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

async function measure(): Promise<{ readonly wallMs: number; readonly cpuMs: number }> {
  const startedAt = performance.now();
  const before = process.threadCpuUsage();
  await converseTimes(connections);
  const { user, system } = process.threadCpuUsage(before);
  return { wallMs: performance.now() - startedAt, cpuMs: (user + system) / 1_000 };
}

await converseTimes(WARM_UP);
if (witness) {
  const { recordSockets } = await import("../../fixtures/witness/index.ts");
  await recordSockets("benchmark", async () => {
    parentPort?.postMessage(await measure());
  });
} else {
  parentPort?.postMessage(await measure());
}
