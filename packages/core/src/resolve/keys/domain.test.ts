import fc from "fast-check";
import { parse } from "tldts";
import { describe, expect, it } from "vitest";
import { canonicalDomain, companyDomain, emailDomain, isFreeMail, isSharedHost } from "./domain.ts";

const CANONICAL: [string, string | null][] = [
  ["https://www.acme.co.uk/en?x=1", "acme.co.uk"],
  ["ACME.CO.UK", "acme.co.uk"],
  ["http:/acme.com/x", "acme.com"],
  ["http//acme.com", "acme.com"],
  ["HTTPS://Shop.Acme.com:8443/a?b#c", "acme.com"],
  [" https:// www.acme .com ", "acme.com"],
  ["user:secret@acme.com:8080/x", "acme.com"],
  ["info@acme.com", "acme.com"],
  ["mailto:info@acme.com", "acme.com"],
  ["Jo <jo@acme.com>", null],
  ["<acme.com>", "acme.com"],
  ["'acme.com", "acme.com"],
  ["acme.com.", "acme.com"],
  ["//acme.com/x", "acme.com"],
  ["acme.com, acme.de", "acme.com"],
  ["acme.com;acme.de", "acme.com"],
  ["https://acme.com/a,b.html", "acme.com"],
  ["acme.com/@jo", "acme.com"],
  ["Müller.de", "xn--mller-kva.de"],
  ["xn--mller-kva.de", "xn--mller-kva.de"],
  ["https://acme。jp", "acme.jp"],
  ["acme_shop.acme.com", "acme.com"],
  ["acme.github.io", "acme.github.io"],
  ["github.io", "github.io"],
  ["acme.uk.com", "acme.uk.com"],
  ["www.com", "www.com"],
  ["127.0.0.1", null],
  ["http://192.168.1.1/x", null],
  ["[::1]", null],
  ["localhost", null],
  ["acme", null],
  ["acme.notatld", null],
  ["co.uk", null],
  ["-acme.com", null],
  ["ac..me.com", null],
  [`${"a".repeat(64)}.com`, null],
  ["acme.com:port", null],
  ["Acme Inc", null],
  ["acme.com (head office)", null],
  ["n/a", null],
  ["#N/A", null],
  ["n.a.", null],
  ["-", null],
  ["", null],
  ["none", null],
];

describe("canonicalDomain", () => {
  it.each(CANONICAL)("%j -> %j", (raw, domain) => {
    expect(canonicalDomain(raw)).toBe(domain);
  });

  it("agrees between the plain path and the suffix list for names under every plain top-level domain", () => {
    for (const tld of ["com", "net", "org", "de", "info", "eu", "ch", "dk", "app", "dev", "cloud", "online", "shop", "tech"]) {
      for (const label of ["co", "com", "ac", "gov", "org", "edu", "net", "acme"]) {
        expect([`${label}.${tld}`, canonicalDomain(`${label}.${tld}`), canonicalDomain(`deep.sub.${label}.${tld}`)]).toSatisfy(
          ([name, short, long]: string[]) => short === name && (long === name || long === `sub.${name}`),
        );
      }
    }
  });

  const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?$/);
  const domain = fc
    .tuple(label, fc.constantFrom("com", "co.uk", "de", "com.br", "fr", "io", "co.jp"))
    .map((parts) => parts.join("."));

  it("is a fixed point, and wrapping an address never changes its domain", () => {
    fc.assert(
      fc.property(
        domain,
        fc.constantFrom("", "www.", "https://", "http://www.", "HTTP://", "jo@", "//", " "),
        fc.constantFrom("", "/", "/a/b?c=d", ":443/x", ".", " ", "#top", "?q=1"),
        fc.boolean(),
        (name, before, after, shout) => {
          const expected = canonicalDomain(name);
          const wrapped = before + name + after;
          expect(canonicalDomain(shout ? wrapped.toUpperCase() : wrapped)).toBe(expected);
          if (expected !== null) expect(canonicalDomain(expected)).toBe(expected);
        },
      ),
    );
  });

  it("is what the suffix list says of any host whose labels are sound, and nothing of others", () => {
    const odd = fc.stringMatching(/^[a-z0-9_-]{0,4}$/);
    const part = fc.oneof(
      odd,
      label,
      fc.constantFrom("www", "com", "co", "uk", "de", "xn--mller-kva", "a".repeat(63), "b".repeat(64)),
    );
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 5 }),
        fc.constantFrom("", "/", "https://", "u:p@"),
        (labels, mark) => {
          const host = labels.join(".");
          const bare = host.replace(/\.+$/, "").replace(/^www\.(?=.*\.)/, "");
          const sound = bare.split(".").every((text) => /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/.test(text));
          const listed = parse(bare, { allowPrivateDomains: true });
          const { domain, isIcann, isPrivate } = listed.isPrivate && !listed.domain ? parse(bare) : listed;
          const known = sound && domain && (isIcann || isPrivate) && !domain.includes("_") ? domain : null;
          // Punycode that decodes to nothing is nothing, and the suffix list does not look.
          fc.pre(!/xn--(?!mller-kva(\.|$))/.test(host));
          expect(canonicalDomain(mark === "/" ? host + mark : mark + host)).toBe(known);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("never throws, and whatever it answers is a fixed point", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "grapheme" }), fc.webUrl(), fc.emailAddress(), fc.domain()), (raw) => {
        const found = canonicalDomain(raw);
        if (found !== null) expect(canonicalDomain(found)).toBe(found);
      }),
      { numRuns: 500 },
    );
  });
});

describe("companyDomain", () => {
  it.each([
    ["amazon.com", "amazon.com"],
    ["https://www.amazon.com/", "amazon.com"],
    ["https://www.amazon.de", "amazon.de"],
    ["amazon.com/shops/x", null],
    ["amazon.com?seller=x", null],
    ["https://www.ebay.co.uk/str/x", null],
    ["stores.ebay.com", null],
    ["etsy.com/shop/x", null],
    ["acme.etsy.com", null],
    ["google.com", "google.com"],
    ["sites.google.com/view/x", null],
    ["ir.walmart.com", "walmart.com"],
    ["https://www.stock.walmart.com", "walmart.com"],
    ["https://www.apple.com/de/", "apple.com"],
    ["apps.apple.com/app/x", null],
    ["facebook.com/acme", null],
    ["facebook.com", null],
    ["https://www.linkedin.com/company/acme", null],
    ["acme.myshopify.com", null],
    ["acme.wordpress.com", null],
    ["acme.github.io", null],
    ["acme.uk.com", "acme.uk.com"],
    ["bit.ly/x", null],
    ["gmail.com", null],
    ["jo@hotmail.fr", null],
    ["acme.com/shops/x", "acme.com"],
    ["shop.acme.com", "acme.com"],
  ])("%j -> %j", (raw, domain) => {
    expect(companyDomain(raw)).toBe(domain);
  });
});

describe("shared hosts and e-mail", () => {
  it("tells mailboxes, builders and networks from companies", () => {
    for (const shared of [
      "gmail.com",
      "outlook.com",
      "yahoo.co.jp",
      "facebook.com",
      "linkedin.com",
      "bit.ly",
      "acme.vercel.app",
      "x.myshopify.com",
    ]) {
      expect([shared, isSharedHost(shared)]).toEqual([shared, true]);
    }
    for (const own of ["acme.com", "amazon.com", "acme.co.uk", "acme.uk.com", "yahooacme.com", "xn--mller-kva.de"]) {
      expect([own, isSharedHost(own)]).toEqual([own, false]);
    }
    expect(isFreeMail("hotmail.fr")).toBe(true);
    expect(isFreeMail("facebook.com")).toBe(false);
  });

  it.each([
    ["jo@acme.com", "acme.com"],
    ["Jo Doe <jo@mail.acme.co.uk>", "acme.co.uk"],
    ["jo@gmail.com", null],
    ["jo@yahoo.co.uk", null],
    ["acme.com", null],
    ["@acme.com", null],
    ["jo@", null],
    ["jo@localhost", null],
  ])("the company behind %j is %j", (raw, domain) => {
    expect(emailDomain(raw)).toBe(domain);
  });
});
