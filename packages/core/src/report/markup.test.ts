import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeText, html } from "./markup.ts";

const readBack = (text: string): string =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

describe("html", () => {
  test("keeps the template and escapes what is put into it", () => {
    expect(html`<p title="${'a" onclick="x'}">${"<b>&</b>"}</p>`.text).toBe(
      '<p title="a&quot; onclick=&quot;x">&lt;b&gt;&amp;&lt;/b&gt;</p>',
    );
  });

  test("takes its own markup, lists and nothing", () => {
    expect(html`<ul>${["a", "<"].map((each) => html`<li>${each}</li>`)}${null}${undefined}${0}</ul>`.text).toBe(
      "<ul><li>a</li><li>&lt;</li>0</ul>",
    );
  });

  test("whatever the text, it can neither open a tag nor leave a quoted attribute, and reads the same", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const escaped = escapeText(text);
        expect(escaped).not.toMatch(/[<>"']/);
        expect(readBack(escaped)).toBe(text);
      }),
    );
  });
});
