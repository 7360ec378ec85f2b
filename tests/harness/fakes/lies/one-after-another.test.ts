/** Lie 34, rejected with PROOF_MISSING: connections that are called concurrent are opened one after the other. */
import { test } from "../../../../fixtures/index.ts";

test(
  "three users are connected at the same time",
  { meta: { id: "HEALTH-34/one-after-another" } },
  async ({ signInUsers, openSocket, expect }) => {
    const connectionIds = new Set<string>();
    for (const token of await signInUsers(3)) {
      await using socket = await openSocket({ token });
      connectionIds.add(socket.welcome.connectionId);
    }

    expect(connectionIds.size).toBe(3);
  },
);
