import { inspect } from "node:util";

import { expect, test } from "vitest";

import { healthyBehaviour, type Behaviour } from "../../../fixtures/stand-in/behaviour/index.ts";
import { FAULTS, INVISIBLE_INCIDENTS, startStandIn, VARIANTS } from "../../../fixtures/stand-in/index.ts";
import { openVisitor } from "./visitor.ts";

const DEFAULT_VARIANTS = ["no-tool-unless-asked", "envelope-s1", "welcome-system-message"];
const INCIDENTS = Array.from({ length: 54 }, (_, index) => `F-${String(index + 1).padStart(2, "0")}`);

const shown = (behaviour: Behaviour) =>
  inspect(behaviour, { depth: 6, showHidden: false }).replaceAll(/\[Function.*?\]/g, "fn");

test("names are unique, and every incident has a fault or the reason why it has none", () => {
  const names = [...FAULTS, ...VARIANTS].map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
  const covered = new Set([...FAULTS, ...INVISIBLE_INCIDENTS].map(({ incident }) => incident));
  expect(INCIDENTS.filter((id) => !covered.has(id))).toEqual([]);
});

test.each(FAULTS)("$name sets a point of the system", ({ set }) => {
  const behaviour = healthyBehaviour();
  const functionsOf = ({ sockets, auth, agent }: typeof behaviour) => [
    sockets.upgradeDelayMs,
    auth.identityOf,
    agent.firstEventDelayMs,
  ];
  const functions = functionsOf(behaviour);
  set(behaviour);
  const changedFunction = functionsOf(behaviour).some((fn, i) => fn !== functions[i]);
  expect(changedFunction || shown(behaviour) !== shown(healthyBehaviour())).toBe(true);
});

test.each(VARIANTS.filter(({ name }) => !DEFAULT_VARIANTS.includes(name)))("variant $name sets one too", ({ set }) => {
  const behaviour = healthyBehaviour();
  set(behaviour);
  expect(shown(behaviour)).not.toBe(shown(healthyBehaviour()));
});

test("all variants start together", async () => {
  await using standIn = await startStandIn({ rttMs: 0, variants: VARIANTS.map(({ name }) => name) });
  await using visitor = openVisitor(standIn);
  expect(await visitor.ask(`${standIn.urls.backend}/health`)).toMatchObject({ status: 200 });
});

test("every fault starts beside the others of its area", async () => {
  const areas = Map.groupBy(FAULTS, ({ team }) => team);
  for (const faults of areas.values()) {
    const names = faults.map(({ name }) => name).filter((name) => name !== "tls-1-1");
    await using standIn = await startStandIn({ rttMs: 0, faults: names });
    expect(standIn.pids).toHaveLength(2);
  }
});
