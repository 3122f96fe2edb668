import type { ConnectorContext, DeliveryClass, PushInput, PushResult } from "@bullseye/core/connector";
import { deliveryFailureOf } from "@bullseye/core/connector";
import type { Fault } from "@bullseye/platform-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { linkedin } from "./index.ts";
import { companyNumber, domainsIn, type Rig, startRig } from "./sandbox.fixture.ts";

const api = linkedin.api!;
let rig: Rig;

beforeEach(async () => {
  rig = await startRig({ slowMs: 400 }, 150);
});
afterEach(async () => {
  expect(rig.sandbox.state.violations).toEqual([]);
  await rig.close();
});

const AUDIENCE = { audienceId: "aud42", name: "ICP tier 1" };
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => companyNumber(from + i));
const domains = (from: number, to: number) =>
  numbers(from, to)
    .map(({ domain }) => domain)
    .sort();

/** A segment that holds companies 0 to 4. */
async function filled(): Promise<string> {
  const { platformId } = await api.ensureAudience(rig.ctx, AUDIENCE);
  const result = await api.push(rig.ctx, { platformId, add: numbers(0, 5), remove: [] });
  expect(result.failure).toBeUndefined();
  return platformId;
}

function expectBalanced(input: PushInput, result: PushResult): void {
  const asked = [...input.remove.map(({ id }) => `remove ${id}`), ...input.add.map(({ id }) => `add ${id}`)].sort();
  const told = [...result.verdicts, ...result.unanswered].map(({ id, action }) => `${action} ${id}`).sort();
  expect(told).toEqual(asked);
}

const requests = (route: string) => rig.sandbox.state.requests.filter((one) => one.route === route);

describe("ensureAudience", () => {
  it("creates once and finds afterwards, beside a user segment of the same name", async () => {
    const first = await api.ensureAudience(rig.ctx, AUDIENCE);
    expect(first.created).toBe(true);
    await fetch(`${rig.sandbox.bases.LINKEDIN_API_BASE}/dmpSegments`, {
      method: "POST",
      headers: {
        authorization: "Bearer sandbox-access-1",
        "linkedin-version": "202604",
        "x-restli-protocol-version": "2.0.0",
        "content-type": "application/json",
      },
      body: JSON.stringify({
        name: "people",
        sourcePlatform: "BULLSEYE_SANDBOX",
        sourceSegmentId: "bullseye-aud42",
        account: "urn:li:sponsoredAccount:516848833",
        type: "USER",
        destinations: [{ destination: "LINKEDIN" }],
      }),
    });
    expect(await api.ensureAudience(rig.ctx, AUDIENCE)).toEqual({ platformId: first.platformId, created: false });
    const types = rig.sandbox.state.linkedin.segments().map(({ type, sourceSegmentId }) => [type, sourceSegmentId]);
    expect(types).toEqual([
      ["COMPANY", "bullseye-aud42"],
      ["USER", "bullseye-aud42"],
    ]);
  });

  it.each<[Fault, string]>([
    ["throttle", "find"],
    ["throttle", "create"],
    ["html-502", "find"],
    ["html-502-after-commit", "create"],
    ["conflict", "create"],
    ["drop-before-commit", "create"],
    ["drop-after-commit", "create"],
    ["drop-after-commit", "find"],
    ["slow", "create"],
    ["expire-token", "create"],
  ])("makes one segment all the same after %s on %s", async (fault, on) => {
    rig.sandbox.faults.next(fault, { on });
    const { platformId } = await api.ensureAudience(rig.ctx, AUDIENCE);
    expect(rig.sandbox.state.linkedin.segments().map(({ id }) => String(id))).toEqual([platformId]);
    expect(rig.sandbox.faults.waiting).toEqual([]);
  });

  it("throws the class that a person has to settle", async () => {
    rig.sandbox.faults.next("forbidden");
    const error = await api.ensureAudience(rig.ctx, AUDIENCE).catch((thrown: unknown) => thrown);
    expect(deliveryFailureOf(error)).toMatchObject({ class: "PERMISSION", status: 403 });
  });

  it("keeps namespaces apart", async () => {
    const one = await api.ensureAudience(rig.ctx, AUDIENCE);
    const other = await api.ensureAudience({ ...rig.ctx, settings: { ...rig.ctx.settings, namespace: "staging" } }, AUDIENCE);
    expect(other.platformId).not.toBe(one.platformId);
  });
});

describe("push", () => {
  it("adds and removes, with a verdict for each id", async () => {
    const platformId = await filled();
    const input = { platformId, add: numbers(5, 7), remove: numbers(0, 2) };
    const result = await api.push(rig.ctx, input);
    expectBalanced(input, result);
    expect(result.unanswered).toEqual([]);
    expect(new Set(result.verdicts.map(({ outcome }) => outcome))).toEqual(new Set(["accepted"]));
    expect(domainsIn(rig.sandbox, platformId)).toEqual(domains(2, 7));
  });

  it("sends nothing for an empty difference", async () => {
    const platformId = await filled();
    const before = requests("members").length;
    expect(await api.push(rig.ctx, { platformId, add: [], remove: [] })).toEqual({ verdicts: [], unanswered: [] });
    expect(requests("members")).toHaveLength(before);
  });

  it("sends 5,000 at a time", async () => {
    const { platformId } = await api.ensureAudience(rig.ctx, AUDIENCE);
    const input = { platformId, add: numbers(0, 10_001), remove: [] };
    const result = await api.push({ ...rig.ctx, http: (await startedPatiently()).http }, input);
    expectBalanced(input, result);
    expect(requests("members").map(({ elements }) => elements)).toEqual([5_000, 5_000, 1]);
    expect(domainsIn(rig.sandbox, platformId)).toHaveLength(10_001);
  });

  it("gives the verdict to the id, whatever position it had", async () => {
    const platformId = await filled();
    const spoilt = [
      { id: "mail", name: "jo@mail.example", domain: "mail.example" },
      companyNumber(5),
      { id: "twin", name: "Twin of 6", domain: "c6.example" },
      { id: "nothing", name: "", domain: "" },
      companyNumber(6),
      { id: "country", name: "Odd", domain: "odd.example", organizationUrn: "urn:li:person:7" },
    ];
    rig.sandbox.faults.next("reject-element");
    const input = { platformId, add: spoilt, remove: [] };
    const result = await api.push(rig.ctx, input);
    expectBalanced(input, result);
    expect(Object.fromEntries(result.verdicts.map(({ id, outcome, reason }) => [id, reason ?? outcome]))).toEqual({
      mail: "personal-data",
      "account-5": "Invalid organization urn",
      twin: "accepted",
      nothing: "no-identifier",
      "account-6": "accepted",
      country: "accepted",
    });
    expect(domainsIn(rig.sandbox, platformId)).toEqual([...domains(0, 5), "c6.example", "odd.example"]);
  });

  it("lets an addition stand against a removal of the same company", async () => {
    const platformId = await filled();
    const input = { platformId, add: [{ ...companyNumber(1), id: "heir" }], remove: numbers(0, 2) };
    const result = await api.push(rig.ctx, input);
    expectBalanced(input, result);
    expect(result.verdicts).toContainEqual({
      id: "account-1",
      action: "remove",
      outcome: "accepted",
      reason: "superseded-by-add",
    });
    expect(domainsIn(rig.sandbox, platformId)).toEqual(domains(1, 5));
  });

  it.each<[Fault, number]>([
    ["throttle", 3],
    ["html-502", 2],
    ["html-502-after-commit", 2],
    ["transient-element", 2],
    ["not-ready", 6],
    ["expire-token", 1],
  ])("rides out %s (%i times)", async (fault, times) => {
    const platformId = await filled();
    rig.sandbox.faults.next(fault, { times });
    const input = { platformId, add: numbers(5, 9), remove: numbers(0, 3) };
    const result = await api.push(rig.ctx, input);
    expect(result.failure).toBeUndefined();
    expectBalanced(input, result);
    expect(domainsIn(rig.sandbox, platformId)).toEqual(domains(3, 9));
    expect(rig.sandbox.faults.waiting).toEqual([]);
  });

  it.each<[Fault, boolean]>([
    ["drop-before-commit", false],
    ["drop-after-commit", true],
    ["slow", true],
    ["short-answer", true],
  ])("leaves the outcome unknown after %s, and a second push settles it", async (fault, tookEffect) => {
    const platformId = await filled();
    rig.sandbox.faults.next(fault);
    const input = { platformId, add: numbers(5, 9), remove: numbers(0, 3), pushId: "p1" };
    const result = await api.push(rig.ctx, input);
    expectBalanced(input, result);
    expect(result.failure?.class).toBe("OUTCOME_UNKNOWN");
    expect(new Set(result.unanswered.map(({ outcome }) => outcome))).toEqual(new Set(["unknown"]));
    expect(result.verdicts).toEqual([]);
    expect(domainsIn(rig.sandbox, platformId)).toEqual(tookEffect ? domains(3, 9) : domains(0, 5));
    const again = await api.push(rig.ctx, input);
    expect(again.failure).toBeUndefined();
    expectBalanced(input, again);
    expect(domainsIn(rig.sandbox, platformId)).toEqual(domains(3, 9));
  });

  it("keeps the verdicts of the batches before a failure", async () => {
    const { platformId } = await api.ensureAudience(rig.ctx, AUDIENCE);
    const http = (await startedPatiently()).http;
    let sent = 0;
    const counted: ConnectorContext["http"] = (request) => {
      if (request.url.endsWith("/companies") && ++sent === 2) rig.sandbox.faults.next("forbidden");
      return http(request);
    };
    const input = { platformId, add: numbers(0, 12_000), remove: [] };
    const result = await api.push({ ...rig.ctx, http: counted }, input);
    expectBalanced(input, result);
    expect(result.failure?.class).toBe("PERMISSION");
    expect(result.verdicts).toHaveLength(5_000);
    expect(new Set(result.unanswered.map(({ outcome }) => outcome))).toEqual(new Set(["unsent"]));
  });

  it.each<[Fault, number, DeliveryClass, "unsent" | "unknown"]>([
    ["throttle", 99, "THROTTLED", "unsent"],
    ["html-502", 99, "TRANSIENT", "unknown"],
    ["not-ready", 99, "INVALID_REQUEST", "unsent"],
    ["version-sunset", 1, "VERSION_SUNSET", "unsent"],
    ["forbidden", 1, "PERMISSION", "unsent"],
  ])("gives %s (%i times) up as %s", async (fault, times, deliveryClass, outcome) => {
    const platformId = await filled();
    rig.sandbox.faults.next(fault, { times });
    const input = { platformId, add: numbers(5, 7), remove: [] };
    const result = await api.push(rig.ctx, input);
    expectBalanced(input, result);
    expect(result.failure?.class).toBe(deliveryClass);
    expect(new Set(result.unanswered.map((one) => one.outcome))).toEqual(new Set([outcome]));
    if (deliveryClass === "THROTTLED") expect(result.failure?.retryAfter).toBe(60);
  });

  it("backs off longer each time, by at least a second", async () => {
    const platformId = await filled();
    rig.slept.length = 0;
    rig.sandbox.faults.next("throttle", { times: 4 });
    await api.push(rig.ctx, { platformId, add: numbers(5, 6), remove: [] });
    expect(rig.slept).toHaveLength(4);
    rig.slept.forEach((wait, i) => {
      expect(wait).toBeGreaterThanOrEqual(1_000 * 2 ** i);
      expect(wait).toBeLessThanOrEqual(2_000 * 2 ** i);
    });
  });

  it("starts no wait that the deadline would cut off", async () => {
    const platformId = await filled();
    rig.slept.length = 0;
    rig.sandbox.faults.next("throttle");
    const result = await api.push({ ...rig.ctx, deadline: rig.now() + 500 }, { platformId, add: numbers(5, 6), remove: [] });
    expect(result.failure).toMatchObject({ class: "THROTTLED", retryAfter: 60 });
    expect(rig.slept).toEqual([]);
  });

  it("calls a server that is not there a matter of trying again", async () => {
    const gone = await startRig();
    await gone.close();
    const result = await api.push(gone.ctx, { platformId: "1", add: numbers(5, 6), remove: [] });
    expect(result.failure?.class).toBe("TRANSIENT");
    expect(result.unanswered).toEqual([{ id: "account-5", action: "add", outcome: "unsent" }]);
  });
});

describe("tokens", () => {
  it("refreshes once, keeps the new token and sends again", async () => {
    const platformId = await filled();
    rig.sandbox.faults.next("expire-token");
    await api.push(rig.ctx, { platformId, add: numbers(5, 6), remove: [] });
    expect(rig.secrets.get("accessToken")).toBe("sandbox-access-2");
    expect(requests("token")).toHaveLength(1);
    await api.push(rig.ctx, { platformId, add: numbers(6, 7), remove: [] });
    expect(requests("token")).toHaveLength(1);
    expect(domainsIn(rig.sandbox, platformId)).toEqual(domains(0, 7));
  });

  it("gets its first token from the refresh token", async () => {
    rig.secrets.delete("accessToken");
    await api.ensureAudience(rig.ctx, AUDIENCE);
    expect(rig.secrets.get("accessToken")).toBe("sandbox-access-2");
  });

  it("asks for a new connection when the refresh token is refused", async () => {
    const platformId = await filled();
    rig.sandbox.faults.next("expire-token");
    rig.sandbox.faults.next("revoke-refresh");
    const result = await api.push(rig.ctx, { platformId, add: numbers(5, 6), remove: [] });
    expect(result.failure).toMatchObject({ class: "RECONNECT", message: expect.stringContaining("invalid_grant") });
    expect(result.unanswered).toEqual([{ id: "account-5", action: "add", outcome: "unsent" }]);
  });

  it("asks for a new connection when the fresh token is refused too", async () => {
    const platformId = await filled();
    rig.sandbox.faults.next("expire-token", { times: 2 });
    const result = await api.push(rig.ctx, { platformId, add: numbers(5, 6), remove: [] });
    expect(result.failure?.class).toBe("RECONNECT");
    expect(requests("token")).toHaveLength(1);
  });

  it("asks for a new connection when there is nothing to refresh with", async () => {
    const platformId = await filled();
    rig.secrets.delete("clientSecret");
    rig.sandbox.faults.next("expire-token");
    const result = await api.push(rig.ctx, { platformId, add: numbers(5, 6), remove: [] });
    expect(result.failure?.class).toBe("RECONNECT");
  });

  it.each([
    [
      ["accessToken", "refreshToken"],
      "accessToken [LINKEDIN_ACCESS_TOKEN] (or, to get one, refreshToken [LINKEDIN_REFRESH_TOKEN])",
    ],
    [
      ["accessToken", "clientId", "clientSecret"],
      "(or, to get one, clientId [LINKEDIN_CLIENT_ID], clientSecret [LINKEDIN_CLIENT_SECRET])",
    ],
    [
      ["accessToken", "refreshToken", "clientId", "clientSecret"],
      "refreshToken [LINKEDIN_REFRESH_TOKEN], clientId [LINKEDIN_CLIENT_ID], clientSecret [LINKEDIN_CLIENT_SECRET])",
    ],
  ])("without %s says which, and sends nothing", async (fields, said) => {
    for (const field of fields) rig.secrets.delete(field);
    for (const attempt of [
      api.ensureAudience(rig.ctx, AUDIENCE),
      api.push(rig.ctx, { platformId: "1", add: numbers(0, 1), remove: [] }),
      api.status(rig.ctx, "1"),
    ])
      await expect(attempt).rejects.toMatchObject({ name: "CredentialError", message: expect.stringContaining(said) });
    expect(rig.sandbox.state.requests).toEqual([]);
  });

  it.each(["adAccount", "sourcePlatform"])("names the missing setting %s", async (name) => {
    const ctx = { ...rig.ctx, settings: { ...rig.ctx.settings, [name]: undefined } };
    await expect(api.ensureAudience(ctx, AUDIENCE)).rejects.toMatchObject({
      name: "InputError",
      message: expect.stringContaining(name),
    });
  });

  it("names all that is missing at once, with the variables to set, and sends nothing", async () => {
    rig.secrets.clear();
    const attempt = api.ensureAudience({ ...rig.ctx, settings: {} }, AUDIENCE);
    await expect(attempt).rejects.toMatchObject({
      name: "InputError",
      message:
        "linkedin: missing adAccount [LINKEDIN_AD_ACCOUNT], sourcePlatform [LINKEDIN_SOURCE_PLATFORM], accessToken [LINKEDIN_ACCESS_TOKEN] (or, to get one, refreshToken [LINKEDIN_REFRESH_TOKEN], clientId [LINKEDIN_CLIENT_ID], clientSecret [LINKEDIN_CLIENT_SECRET])",
      hint: expect.stringContaining("bullseye sandbox"),
    });
    expect(rig.sandbox.state.requests).toEqual([]);
  });

  it("never repeats a secret that the platform echoes", async () => {
    const platformId = await filled();
    const secrets = [...rig.secrets.entries()].filter(([name]) => name !== "clientId").map(([, value]) => value);
    for (const status of [400, 403, 500]) {
      const http: ConnectorContext["http"] = async () => ({
        status,
        headers: {},
        text: JSON.stringify({ message: `bad: ${secrets.join(" ")}` }),
      });
      const result = await api.push({ ...rig.ctx, http }, { platformId, add: numbers(5, 6), remove: [] });
      expect(result.failure?.message).toContain("bad: [secret]");
      for (const secret of secrets) expect(JSON.stringify(result)).not.toContain(secret);
    }
  });
});

describe("status", () => {
  it("reads the destination's state", async () => {
    const { platformId } = await api.ensureAudience(rig.ctx, AUDIENCE);
    expect(await api.status(rig.ctx, platformId)).toMatchObject({ state: "building", targetable: true });
    await api.push(rig.ctx, { platformId, add: numbers(0, 3), remove: [] });
    rig.sandbox.faults.next("throttle");
    expect(await api.status(rig.ctx, platformId)).toEqual({ state: "ready", targetable: true, size: 300, matched: 3, input: 3 });
  });

  it("throws on a segment that is not there", async () => {
    const error = await api.status(rig.ctx, "1").catch((thrown: unknown) => thrown);
    expect(deliveryFailureOf(error)?.class).toBe("NOT_READY");
  });
});

/** The rig's HTTP timeout is short for the fault `slow`; large batches get an ordinary one. */
async function startedPatiently(): Promise<Pick<ConnectorContext, "http">> {
  const { createHttp } = await import("../../http.ts");
  return { http: createHttp() };
}
