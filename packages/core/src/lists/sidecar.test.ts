import { describe, expect, it } from "vitest";
import { parseSidecar } from "./sidecar.ts";

describe("parseSidecar", () => {
  it.each([
    ['{"mod":"append"}', '"mod" is not a setting known here. Did you mean "mode"?'],
    ['{"source":{"origin":"first"}}', "source: origin: this must be one of: first-party, partner, broker, public, unknown"],
    ['{"source":{"curency":"EUR"}}', 'source: "curency" is not a setting known here. Did you mean "currency"?'],
    ['{"mode":"snapshots"}', "mode: this must be one of: append, snapshot"],
    ['{"source":{"currency":"euro"}}', "source: currency: a currency is three capital letters, like EUR"],
  ])("says what is wrong with %s", (text, message) => {
    expect(() => parseSidecar(text, "a.csv.list.json")).toThrow(`a.csv.list.json: ${message}`);
  });
});
