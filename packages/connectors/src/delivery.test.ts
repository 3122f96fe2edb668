import { DELIVERY_CLASSES, type DeliveryClass, DeliveryError, deliveryFailureOf, knownErrorOf } from "@bullseye/core/connector";
import { describe, expect, it } from "vitest";

const classes = Object.keys(DELIVERY_CLASSES) as DeliveryClass[];

describe.each(classes)("%s", (deliveryClass) => {
  const failure = {
    name: "DeliveryError",
    platform: "linkedin",
    class: deliveryClass,
    message: "linkedin: no",
    retryAfter: 7,
  } as const;

  it("survives a worker boundary", () => {
    expect(deliveryFailureOf(structuredClone(new DeliveryError(failure)))).toEqual(failure);
    expect(deliveryFailureOf(JSON.parse(JSON.stringify(failure)))).toEqual(failure);
  });

  it("becomes the error of the table, with a hint", () => {
    const { error, hint } = DELIVERY_CLASSES[deliveryClass];
    expect(knownErrorOf(failure)).toMatchObject({ name: error, message: failure.message, hint });
  });
});

it("tells retryable from held by the error's name", () => {
  const names = (error: string) => classes.filter((one) => DELIVERY_CLASSES[one].error === error).sort();
  expect(names("TransientError")).toEqual(["AUTH_EXPIRED", "NOT_READY", "OUTCOME_UNKNOWN", "THROTTLED", "TRANSIENT"]);
  expect(names("CredentialError")).toEqual(["PERMISSION", "POLICY_BLOCKED", "RECONNECT", "TERMS_REQUIRED"]);
  expect(
    knownErrorOf({ name: "DeliveryError", platform: "linkedin", class: "THROTTLED", message: "", retryAfter: 9 }),
  ).toMatchObject({
    retryAfter: 9,
  });
});

it("takes no other value for a failure", () => {
  for (const value of [
    undefined,
    null,
    "DeliveryError",
    new Error("x"),
    { name: "DeliveryError" },
    { name: "DeliveryError", class: "NEW" },
  ])
    expect(deliveryFailureOf(value)).toBeUndefined();
});
