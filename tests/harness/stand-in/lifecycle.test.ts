import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

import { expect, test } from "vitest";
import { z } from "zod";

import { spawnStandInProcesses, startStandIn } from "../../../fixtures/stand-in/index.ts";

const ENTRY = new URL("../../../fixtures/stand-in/index.ts", import.meta.url).href;

async function untilGone(pids: readonly number[]): Promise<readonly number[]> {
  const alive = () => pids.filter((pid) => isAlive(pid));
  for (let tries = 0; tries < 500 && alive().length > 0; tries += 1) await delay(20);
  return alive();
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false; // no such process
  }
}

function outcomeOfConnecting(url: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port: Number(new URL(url).port) });
    socket.once("connect", () => {
      socket.destroy();
      resolve("connected");
    });
    socket.once("error", (error) => {
      resolve("code" in error ? String(error.code) : error.message);
    });
  });
}

test("stop ends every process and may be called again", async () => {
  const standIn = await startStandIn({ rttMs: 0 });
  expect(standIn.pids.every(isAlive)).toBe(true);

  await Promise.all([standIn.stop(), standIn.stop()]);

  expect(await untilGone(standIn.pids)).toEqual([]);
});

test("processes serve one system after another, and the ports and connections of the first are gone", async () => {
  await using processes = spawnStandInProcesses();
  const first = await processes.start({ rttMs: 0, faults: ["frontend-down"] });
  const held = connect({ host: "127.0.0.1", port: Number(new URL(first.urls.backend).port) });
  await once(held, "connect");
  const dropped = once(held, "close");
  held.resume();

  await Promise.all([first.stop(), first.stop()]);
  await dropped;
  await using second = await processes.start({ rttMs: 0 });

  expect(second.pids).toEqual(first.pids);
  expect(second.bypassKey).not.toBe(first.bypassKey);
  expect(await outcomeOfConnecting(first.urls.backend)).toBe("ECONNREFUSED");
  expect(await outcomeOfConnecting(second.urls.frontend)).toBe("connected");
});

test("nothing stays behind a parent that is killed", async () => {
  const program = `
    const { startStandIn } = await import(${JSON.stringify(ENTRY)});
    const { pids } = await startStandIn({ rttMs: 0 });
    process.stdout.write(JSON.stringify(pids));
  `;
  const parent = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [chunk] = await once(parent.stdout, "data");
  const pids = z
    .array(z.number())
    .length(2)
    .parse(JSON.parse(String(chunk)));

  parent.kill("SIGKILL");
  await once(parent, "exit");

  expect(await untilGone(pids)).toEqual([]);
});

test("a dead service refuses connections while the others answer", async () => {
  await using standIn = await startStandIn({ rttMs: 0, faults: ["frontend-down"] });

  expect(await outcomeOfConnecting(standIn.urls.frontend)).toBe("ECONNREFUSED");
  expect(await outcomeOfConnecting(standIn.urls.backend)).toBe("connected");
});

test.each(["faults", "variants"] as const)(
  "an unknown name in %s is refused and the known ones are listed",
  async (kind) => {
    await expect(startStandIn({ rttMs: 0, [kind]: ["no-such-name"] })).rejects.toThrow(/no-such-name.*known: \w/);
  },
);
