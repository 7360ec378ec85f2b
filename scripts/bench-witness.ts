import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { z } from "zod";
import { createProgram, runProgram } from "./run-program.ts";

/** Measures what the witness costs: the same connections with it and without it, by turns, in one run. */
const program = createProgram("bench-witness", "CPU and wall time per wss connection, with the witness and without it.")
  .option("--connections <n>", "connections of each round", "400")
  .option("--rounds <n>", "rounds with and without", "7")
  .option("--at-once <n>", "connections open at the same time", "10");
program.parse();
const options = z
  .object({
    connections: z.coerce.number().int().min(1),
    rounds: z.coerce.number().int().min(1),
    atOnce: z.coerce.number().int().min(1),
  })
  .parse(program.opts());

const WITNESS = new URL("../fixtures/witness/preload.ts", import.meta.url).href;
const serverSchema = z.object({ port: z.number().int(), ca: z.string() });
const measuredSchema = z.object({ wallMs: z.number(), cpuMs: z.number() });
type Measured = z.infer<typeof measuredSchema>;

async function measure(server: z.infer<typeof serverSchema>, witness: boolean): Promise<Measured> {
  const { connections, atOnce } = options;
  const client = new Worker(new URL("./bench-witness/client.ts", import.meta.url), {
    workerData: { ...server, connections, atOnce, witness },
    execArgv: witness ? ["--import", WITNESS] : [],
  });
  const measured: unknown = (await once(client, "message"))[0];
  await once(client, "exit");
  return measuredSchema.parse(measured);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function describe(name: string, rounds: readonly Measured[]): string {
  const perConnection = (key: keyof Measured): readonly number[] =>
    rounds.map((measured) => (measured[key] * 1_000) / options.connections);
  const cell = (values: readonly number[]): string =>
    `${median(values).toFixed(0).padStart(6)} µs (${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)})`;
  return `${name.padEnd(16)} CPU ${cell(perConnection("cpuMs")).padEnd(26)} wall ${cell(perConnection("wallMs"))}\n`;
}

await runProgram(async () => {
  const echo = new Worker(new URL("./bench-witness/server.ts", import.meta.url));
  try {
    const ready: unknown = (await once(echo, "message"))[0];
    const server = serverSchema.parse(ready);
    const off: Measured[] = [];
    const on: Measured[] = [];
    for (let round = 0; round < options.rounds; round += 1) {
      off.push(await measure(server, false));
      on.push(await measure(server, true));
    }
    const { connections, rounds, atOnce } = options;
    process.stdout.write(
      `Per wss connection (handshake, ping, five echoes, close), median of ${rounds} rounds of ${connections}, ` +
        `${atOnce} at once, in brackets least and most:\n` +
        describe("without witness", off) +
        describe("with witness", on),
    );
    return 0;
  } finally {
    await echo.terminate();
  }
});
