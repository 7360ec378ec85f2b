import {
  createNonce,
  Crowd,
  describe,
  LatencyHistogram,
  LIMITS,
  onRamp,
  test,
  underLoad,
} from "../../fixtures/index.ts";

const CROWD = 7;
const ALL = { highWaterMark: CROWD, localPorts: CROWD };

describe("seven users at once", () => {
  test(
    "are connected at the same time, each with a connection of its own",
    { meta: { id: "CONC-01" }, tags: ["premerge"] },
    async ({ signInUsers, openCrowd, overlap, expect }) => {
      await using crowd = await openCrowd(await signInUsers(CROWD));

      await crowd.settle();

      expect(overlap()).toEqual(ALL);
      expect(new Set(crowd.connectionIds).size, "different connection ids").toBe(CROWD);
    },
  );

  test(
    "each complete a run of their own, and hear nothing of the others",
    { meta: { id: "CONC-02" }, tags: ["premerge"] },
    async ({ signInUsers, openCrowd, overlap, expect }) => {
      await using crowd = await openCrowd(await signInUsers(CROWD));

      const runs = await crowd.runAgents(`count to three (${createNonce()})`);
      await crowd.settle();

      expect(overlap()).toEqual(ALL);
      expect(runs).toAllFollowTheGrammar();
      expect(crowd).toKeepUsersApart();
    },
  );
});

const USERS = 12;
const HERD = 7;

describe("connections under load", () => {
  test(
    "started in one moment, three for each of four users, are all greeted",
    { meta: { id: "CONC-04" } },
    async ({ signInUsers, openCrowd, overlap, expect }) => {
      const users = await signInUsers(4);
      const places = users.flatMap((token) => Array.from({ length: LIMITS.connectionsPerUser }, () => token));

      await using crowd = await openCrowd(places);
      await crowd.settle();

      expect(overlap()).toEqual({ highWaterMark: places.length, localPorts: places.length });
      expect(new Set(crowd.connectionIds).size, "different connection ids").toBe(places.length);
    },
  );

  test(
    "are greeted about as fast as one alone, the slowest too",
    { meta: { id: "CONC-05/tail" } },
    async ({ signInUsers, openCrowd, openSocket, signIn, measure, expect }) => {
      await using alone = await openSocket({ token: await signIn() });
      measure("greeting, alone", alone.timingMs.served);
      const users = await signInUsers(USERS);

      const greeting = await underLoad(async () => {
        await using crowd = await openCrowd(users);
        const { slowest, fastest } = crowd;
        measure(`greeting, slowest of ${USERS}`, slowest.served);
        measure(`upgrade and handshake, slowest of ${USERS}`, slowest.upgrade);
        return { loadedMs: slowest.served, aloneMs: Math.min(alone.timingMs.served, fastest.served) };
      });

      expect(greeting).toHoldUpUnderLoad();
    },
  );

  test(
    "of one busy user do not keep another waiting",
    { meta: { id: "CONC-05/fairness" } },
    async ({ token, signIn, openSocket, openCrowd, measure, expect }) => {
      await using quiet = await openSocket({ token });
      const alone = await quiet.runAgent({ message: "count to three" });
      const busy = await signIn();
      await using crowd = await openCrowd([busy, busy, busy]);

      const run = await underLoad(async () => {
        const noise = await crowd.startRuns("count to ten");
        const beside = await quiet.runAgent({ message: "count to three" });
        await Promise.all(noise.map((each) => each.completed()));
        measure("agent run beside a busy user", beside.completedMs);
        return { loadedMs: beside.completedMs, aloneMs: alone.completedMs };
      });

      expect(run).toHoldUpUnderLoad();
    },
  );

  test(
    "dropped all at once come back all at once, and are served",
    { meta: { id: "CONC-07" } },
    async ({ signInUsers, openCrowd, overlap, expect }) => {
      const users = await signInUsers(HERD);
      await using before = await openCrowd(users);
      await before.drop();

      await using after = await openCrowd(users);
      const runs = await after.runAgents("count to three");

      expect(overlap()).toEqual({ highWaterMark: HERD, localPorts: HERD });
      expect(runs.filter(({ isOver }) => isOver)).toHaveLength(HERD);
    },
  );
});

test(
  "as many connections as configured, on a ramp, are each signed in and each complete a run",
  { meta: { id: "CONC-08" }, tags: ["nightly"] },
  async ({ target: { concurrency }, signIn, openSocket, overlap, note, expect }) => {
    const greeting = new LatencyHistogram();
    const firstEvent = new LatencyHistogram();
    const wholeRun = new LatencyHistogram();

    const sockets = await onRamp(concurrency, async () => {
      const socket = await openSocket({ token: await signIn() });
      greeting.record(socket.timingMs.served);
      const run = await socket.runAgent({ message: "count to three" });
      firstEvent.record(run.firstEventMs);
      wholeRun.record(run.completedMs);
      return socket;
    });
    await using crowd = new Crowd(sockets);
    await crowd.settle();

    note(`greeting: ${greeting}; first event: ${firstEvent}; whole run: ${wholeRun}`);
    expect(overlap()).toEqual({ highWaterMark: concurrency, localPorts: concurrency });
    expect(wholeRun.count, "completed runs").toBe(concurrency);
    expect(crowd).toKeepUsersApart();
  },
);
