import { Crowd, LatencyHistogram, onRamp, test } from "../../fixtures/index.ts";

test(
  "as many connections as configured, on a ramp, are each signed in and each complete a run",
  { meta: { id: "CONC-08" }, tags: ["nightly"] },
  async ({ target: { concurrency }, signIn, openSocket, overlap, note, expect }) => {
    const opening = new LatencyHistogram();
    const firstEvent = new LatencyHistogram();
    const wholeRun = new LatencyHistogram();

    const sockets = await onRamp(concurrency, async () => {
      const socket = await openSocket({ token: await signIn() });
      opening.record(socket.timingMs.upgrade + socket.timingMs.welcome);
      const run = await socket.runAgent({ message: "count to three" });
      firstEvent.record(run.firstEventMs);
      wholeRun.record(run.completedMs);
      return socket;
    });
    await using crowd = new Crowd(sockets);
    await crowd.settle();

    note(`opening: ${opening}; first event: ${firstEvent}; whole run: ${wholeRun}`);
    expect(overlap()).toEqual({ highWaterMark: concurrency, localPorts: concurrency });
    expect(wholeRun.count, "completed runs").toBe(concurrency);
    expect(crowd).toKeepUsersApart();
  },
);
