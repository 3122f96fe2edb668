import { AD_CONNECTORS } from "@bullseye/connectors";
import { AD_PLATFORMS } from "@bullseye/core/audiences/platforms";
import { expect, test } from "vitest";

test("every platform that an audience may name has a connector, and every connector a platform", () => {
  expect([...AD_PLATFORMS].sort()).toEqual(AD_CONNECTORS.map((connector) => connector.id).sort());
});
