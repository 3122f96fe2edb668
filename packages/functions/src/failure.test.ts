import { BugError, CredentialError, InputError, isKnownError, NotFoundError, TransientError } from "@bullseye/core/errors";
import { describe, expect, test } from "vitest";
import { failureOf, loggedError } from "./failure.ts";

describe("what a function fails with", () => {
  test.each([InputError, NotFoundError, CredentialError, TransientError, BugError])(
    "keeps the name of %o, and says in one line what to do next",
    (Known) => {
      const error = new Known("crm.csv has no header", { hint: "export it with its header" });
      const told = failureOf(error);
      expect(told.name).toBe(error.name);
      expect(told.message).toBe("crm.csv has no header; export it with its header");
      expect(told).toBeInstanceOf(Known);
      expect(isKnownError(told)).toBe(true);
      expect(failureOf(new Known("no hint")).message).toBe("no hint");
    },
  );

  test("says the hint once, however often it is thrown on", () => {
    const told = failureOf(failureOf(new InputError("wrong", { hint: "right it" })));
    expect(told.message).toBe("wrong; right it");
  });

  test("is a BugError without its words where nobody foresaw it: they may quote what it choked on", () => {
    let thrown: unknown;
    try {
      JSON.parse("ada@nordlicht.example");
    } catch (error) {
      thrown = error;
    }
    const told = failureOf(thrown);
    expect(told).toMatchObject({ name: "BugError", message: expect.stringContaining("SyntaxError") });
    expect(JSON.stringify([told.message, told.stack, loggedError(told)])).not.toContain("nordlicht");
    expect(loggedError(told).frames.join("\n")).toContain("failure.test.ts");
    expect(failureOf("ada@nordlicht.example").message).not.toContain("ada");
  });

  test("keeps the words of AWS: they name resources and permissions", () => {
    const denied = Object.assign(new Error("User: x is not authorized to perform: s3:GetObject"), {
      name: "AccessDenied",
      $metadata: { httpStatusCode: 403 },
    });
    expect(failureOf(denied).message).toBe("AccessDenied: User: x is not authorized to perform: s3:GetObject");
  });
});
