import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linkedinKey, linkedinOrganizationUrn, linkedinPageUrl } from "./linkedin.ts";

describe("linkedinKey", () => {
  it.each([
    ["https://www.linkedin.com/company/Acme-Inc/about/?viewAsMember=true", "linkedin.com/company/acme-inc"],
    ["http://de.linkedin.com/company/1035/", "linkedin.com/company/1035"],
    ["linkedin.com/company/acme", "linkedin.com/company/acme"],
    ["company/acme", "linkedin.com/company/acme"],
    ["https://www.linkedin.com/company-beta/1035", "linkedin.com/company/1035"],
    ["https://www.linkedin.com/sales/company/1035", "linkedin.com/company/1035"],
    ["//linkedin.com/company/acme", "linkedin.com/company/acme"],
    ["https://www.linkedin.com/company/caf%C3%A9/", "linkedin.com/company/café"],
    ["https://www.linkedin.com/school/acme-university/", "linkedin.com/school/acme-university"],
    ["https://www.linkedin.com/edu/school?id=1", null],
    ["https://www.linkedin.com/showcase/acme-cloud", "linkedin.com/showcase/acme-cloud"],
    ["urn:li:organization:1035", "urn:1035"],
    ["urn:li:fs_normalized_company:1035", "urn:1035"],
    ["https://www.linkedin.com/in/someone", null],
    ["https://www.linkedin.com/jobs/view/1", null],
    ["https://www.linkedin.com/company/", null],
    ["https://notlinkedin.com/company/acme", null],
    ["https://linkedin.com.evil.example/company/acme", null],
    ["https://www.linkedin.com/company/%E0%A4%A", null],
    ["acme", null],
    ["", null],
  ])("%j -> %j", (raw, key) => {
    expect(linkedinKey(raw)).toBe(key);
  });

  it("gives back the key from its own page, in any case", () => {
    const slug = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,30}$/);
    fc.assert(
      fc.property(slug, fc.constantFrom("company", "school", "showcase"), (name, kind) => {
        const key = `linkedin.com/${kind}/${name}`;
        expect(linkedinKey(key)).toBe(key);
        expect(linkedinKey(linkedinPageUrl(key))).toBe(key);
        expect(linkedinKey(` ${linkedinPageUrl(key).toUpperCase()}/?x=1 `)).toBe(key);
      }),
    );
  });

  it("names the organisation where the number is known", () => {
    expect(linkedinOrganizationUrn("urn:1035")).toBe("urn:li:organization:1035");
    expect(linkedinOrganizationUrn("linkedin.com/company/1035")).toBe("urn:li:organization:1035");
    expect(linkedinOrganizationUrn("linkedin.com/company/acme")).toBeNull();
    expect(linkedinOrganizationUrn("linkedin.com/school/1035")).toBeNull();
    expect(linkedinPageUrl("urn:1035")).toBe("https://www.linkedin.com/company/1035");
  });
});
