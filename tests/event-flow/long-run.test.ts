import { test } from "../../fixtures/index.ts";

const LONGER_THAN_MS = 60_000;
const PATIENCE_MS = 150_000;
const SILENCE_MS = 30_000;

test(
  "a run that takes longer than a minute still completes",
  { meta: { id: "FLOW-13" }, tags: ["nightly"] },
  async ({ token, openSocket, expect }) => {
    await using socket = await openSocket({ token });

    const run = socket.startRun({ message: "run for 65 seconds, then count to three" });
    await run.completed(PATIENCE_MS, SILENCE_MS);

    expect(run).toEndOnce();
    expect(run.completedMs, "how long the agent ran: a shorter run says nothing about this").toBeGreaterThan(
      LONGER_THAN_MS,
    );
  },
);
