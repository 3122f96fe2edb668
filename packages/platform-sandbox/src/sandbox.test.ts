import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sandboxBanner } from "./banner.ts";
import { FAULTS } from "./faults.ts";
import { type Sandbox, startSandbox } from "./sandbox.ts";

const HEADERS = {
  authorization: "Bearer sandbox-access-1",
  "linkedin-version": "202604",
  "x-restli-protocol-version": "2.0.0",
  "content-type": "application/json",
};
const SEGMENT = {
  name: "ICP tier 1",
  sourcePlatform: "BULLSEYE_SANDBOX",
  sourceSegmentId: "ws1-aud42",
  account: "urn:li:sponsoredAccount:516848833",
  type: "COMPANY",
  accessPolicy: "PRIVATE",
  destinations: [{ destination: "LINKEDIN" }],
};

let sandbox: Sandbox;
let now: number;

beforeEach(async () => {
  now = Date.UTC(2026, 10, 23);
  sandbox = await startSandbox({ platforms: ["linkedin"], options: { now: () => now, slowMs: 5 } });
});
afterEach(() => sandbox.close());

function call(method: string, path: string, body?: unknown, headers: Record<string, string | undefined> = {}) {
  const sent = Object.entries({ ...HEADERS, ...headers }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return fetch(`${sandbox.bases.LINKEDIN_API_BASE}${path}`, {
    method,
    headers: sent,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

async function createSegment(type = "COMPANY"): Promise<string> {
  const response = await call("POST", "/dmpSegments", { ...SEGMENT, type });
  expect(response.status).toBe(201);
  expect(await response.text()).toBe("");
  now += 10_000;
  return response.headers.get("x-restli-id")!;
}

function stream(id: string, elements: unknown[], headers: Record<string, string | undefined> = {}) {
  return call("POST", `/dmpSegments/${id}/companies`, { elements }, { "x-restli-method": "batch_create", ...headers });
}

const domains = () => sandbox.state.linkedin.segments().map(({ members }) => members.map((one) => one.companyWebsiteDomain));

describe("headers", () => {
  it.each([
    ["no token", { authorization: undefined }, 401],
    ["a foreign token", { authorization: "Bearer other" }, 401],
    ["no version", { "linkedin-version": undefined }, 400],
    ["a sunset version", { "linkedin-version": "202511" }, 426],
    ["a version to come", { "linkedin-version": "203001" }, 426],
    ["no protocol version", { "x-restli-protocol-version": undefined }, 400],
  ])("%s is refused", async (_, headers, status) => {
    const response = await call(
      "GET",
      "/dmpSegments?q=account&account=urn%3Ali%3AsponsoredAccount%3A516848833",
      undefined,
      headers,
    );
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ status });
  });

  it("takes the restli method in any case and refuses its absence", async () => {
    const id = await createSegment();
    const element = { action: "ADD", companyWebsiteDomain: "a.example" };
    expect((await stream(id, [element])).status).toBe(200);
    expect((await stream(id, [element], { "x-restli-method": "BATCH_CREATE" })).status).toBe(200);
    expect((await stream(id, [element], { "x-restli-method": undefined })).status).toBe(400);
  });
});

describe("company segments", () => {
  it("finds by source segment id, both types", async () => {
    const company = await createSegment("COMPANY");
    const user = await createSegment("USER");
    const found = (await (
      await call("GET", "/dmpSegments?q=account&account=urn%3Ali%3AsponsoredAccount%3A516848833&sourceSegmentId=ws1-aud42")
    ).json()) as { elements: { id: number; type: string }[] };
    expect(found.elements.map(({ id, type }) => [String(id), type])).toEqual([
      [company, "COMPANY"],
      [user, "USER"],
    ]);
  });

  it("answers 404 for a while after create", async () => {
    const response = await call("POST", "/dmpSegments", SEGMENT);
    const id = response.headers.get("x-restli-id")!;
    const element = { action: "ADD", companyWebsiteDomain: "a.example" };
    expect((await stream(id, [element])).status).toBe(404);
    now += 2_000;
    expect((await stream(id, [element])).status).toBe(200);
  });

  it("keeps members as a set and answers element by element", async () => {
    const id = await createSegment();
    const response = await stream(id, [
      { action: "ADD", companyWebsiteDomain: "a.example", companyName: "A" },
      { action: "ADD", companyWebsiteDomain: "584c4423c421df49955759498a71495aba49b8780eb9387dff333b6f0982c777" },
      { action: "ADD", companyWebsiteDomain: "https://b.example/" },
      { action: "ADD", companyDomain: "c.example" },
      { action: "ADD", organizationUrn: "1035" },
      { action: "REMOVE", companyWebsiteDomain: "never.example" },
    ]);
    expect(response.status).toBe(200);
    const { elements } = (await response.json()) as { elements: { status: number }[] };
    expect(elements.map(({ status }) => status)).toEqual([201, 400, 400, 400, 400, 201]);
    await stream(id, [{ action: "ADD", companyWebsiteDomain: "a.example" }]);
    expect(domains()).toEqual([["a.example"]]);
    await stream(id, [{ action: "REMOVE", companyWebsiteDomain: "a.example" }]);
    expect(domains()).toEqual([[]]);
  });

  it("refuses too many elements and the wrong sub-resource", async () => {
    const id = await createSegment();
    const elements = Array.from({ length: 5_001 }, (_, i) => ({ action: "ADD", companyWebsiteDomain: `c${i}.example` }));
    expect((await stream(id, elements)).status).toBe(400);
    expect((await stream(id, elements.slice(1))).status).toBe(200);
    expect((await call("POST", `/dmpSegments/${id}/users`, { elements: [] })).status).toBe(400);
    expect((await stream(await createSegment("USER"), elements.slice(0, 1))).status).toBe(400);
  });

  it("throttles the 301st request of a minute, without Retry-After", async () => {
    const id = await createSegment();
    const element = { action: "ADD", companyWebsiteDomain: "a.example" };
    for (let i = 0; i < 300; i++) expect((await stream(id, [element])).status).toBe(200);
    const throttled = await stream(id, [element]);
    expect(throttled.status).toBe(429);
    expect(throttled.headers.has("retry-after")).toBe(false);
    now += 61_000;
    expect((await stream(id, [element])).status).toBe(200);
  });

  it("notes contradictions inside a batch", async () => {
    const id = await createSegment();
    await stream(id, [
      { action: "ADD", companyWebsiteDomain: "a.example" },
      { action: "REMOVE", companyWebsiteDomain: "a.example" },
    ]);
    expect(sandbox.state.violations.map(({ kind }) => kind)).toEqual(["conflict-in-batch"]);
  });
});

describe("what must never be sent", () => {
  it.each([
    ["plain-email", "jo@mail.example"],
    ["plain-phone", "+49 89 1234 5678"],
    ["empty-hash", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  ])("%s is refused and noted without its value", async (kind, value) => {
    const id = await createSegment();
    const response = await stream(id, [{ action: "ADD", companyName: value }]);
    expect(response.status).toBe(400);
    const shown = await (await fetch(`${sandbox.url}/_sandbox/violations`)).text();
    expect(JSON.parse(shown).violations).toEqual([{ kind, platform: "linkedin", path: `/rest/dmpSegments/${id}/companies` }]);
    expect(shown).not.toContain(value);
  });

  it("sees through JSON escapes", async () => {
    const id = await createSegment();
    const response = await fetch(`${sandbox.bases.LINKEDIN_API_BASE}/dmpSegments/${id}/companies`, {
      method: "POST",
      headers: { ...HEADERS, "x-restli-method": "BATCH_CREATE" },
      body: '{"elements":[{"action":"ADD","companyName":"jo\\u0040mail.example"}]}',
    });
    expect(response.status).toBe(400);
  });
});

describe("inspection", () => {
  it("arms faults over HTTP and refuses unknown ones", async () => {
    const arm = (body: unknown) => fetch(`${sandbox.url}/_sandbox/faults`, { method: "POST", body: JSON.stringify(body) });
    expect((await arm({ platform: "linkedin", fault: "throttle", times: 2 })).status).toBe(202);
    expect((await arm({ platform: "linkedin", fault: "earthquake" })).status).toBe(400);
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await call("POST", "/dmpSegments", SEGMENT)).status);
    expect(statuses).toEqual([429, 429, 201]);
    expect(sandbox.state.requests.map(({ fault }) => fault)).toEqual(["throttle", "throttle", undefined]);
  });

  it("shows members and requests, but no secret", async () => {
    const id = await createSegment();
    await stream(id, [{ action: "ADD", companyWebsiteDomain: "a.example" }]);
    const segments = await (await fetch(`${sandbox.url}/_sandbox/linkedin/segments`)).json();
    expect(segments).toMatchObject({ segments: [{ memberCount: 1, members: [{ companyWebsiteDomain: "a.example" }] }] });
    const requests = await (await fetch(`${sandbox.url}/_sandbox/requests`)).text();
    expect(JSON.parse(requests).requests).toMatchObject([{ route: "create" }, { route: "members", elements: 1, status: 200 }]);
    expect(requests).not.toContain("sandbox-access");
  });

  it("forgets on reset", async () => {
    await createSegment();
    sandbox.faults.next("throttle");
    expect((await fetch(`${sandbox.url}/_sandbox/reset`, { method: "POST" })).status).toBe(204);
    expect(sandbox.state.linkedin.segments()).toEqual([]);
    expect(sandbox.faults.waiting).toEqual([]);
  });

  it("describes itself", () => {
    const banner = sandboxBanner(sandbox);
    expect(banner.environment).toEqual({
      LINKEDIN_API_BASE: `${sandbox.url}/linkedin/rest`,
      LINKEDIN_OAUTH_BASE: `${sandbox.url}/linkedin/oauth/v2`,
    });
    expect(banner.text).toContain(`export LINKEDIN_API_BASE=${sandbox.url}/linkedin/rest`);
    for (const fault of Object.keys(FAULTS)) expect(banner.text).toContain(fault);
  });
});

it("keeps membership in a state file", async () => {
  const stateFile = join(await mkdtemp(join(tmpdir(), "sandbox-")), "state.json");
  const options = { now: () => now, stateFile };
  await sandbox.close();
  sandbox = await startSandbox({ options });
  const id = await createSegment();
  await stream(id, [{ action: "ADD", companyWebsiteDomain: "a.example" }]);
  await sandbox.close();
  sandbox = await startSandbox({ options });
  expect(domains()).toEqual([["a.example"]]);
  expect(Number(await createSegment())).toBeGreaterThan(Number(id));
});

it("refuses a platform that it does not know", async () => {
  await expect(startSandbox({ platforms: ["myspace"] })).rejects.toThrow(/knows no platform "myspace"/);
});
