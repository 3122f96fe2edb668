import type { SandboxPlatform, SandboxReply, SandboxRequest, Violation } from "../platform.ts";
import { type CompanyElement, identityOf, refuseElement } from "./company.ts";
import { type Segment, SegmentStore, type SegmentView } from "./segments.ts";
import { SECRETS, Tokens } from "./tokens.ts";

/** How the LinkedIn of the sandbox behaves. */
export interface LinkedInOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds after create in which the sub-resource answers 404. */
  readonly notReadyMs: number;
  /** Requests after create that are answered 404, on top of that. */
  readonly notReadyRequests: number;
  /** Requests a minute on `/companies` ("DMP Segment Companies": 300); 0 for no limit. */
  readonly companiesPerMinute: number;
}

const ACCOUNT = "urn:li:sponsoredAccount:516848833";
const SOURCE_PLATFORM = "BULLSEYE_SANDBOX";
/** 202511 was sunset on 16 November 2026 ("versioning", learn.microsoft.com). */
const OLDEST_VERSION = "202512";
const NEWEST_VERSION = "202611";
const MAX_ELEMENTS = 5_000;
const MEMBERS = /^\/rest\/dmpSegments\/(\d+)\/(companies|users)$/;
const ONE = /^\/rest\/dmpSegments\/(\d+)$/;

/** A LinkedIn that keeps company segments and enforces the published contract. */
export function linkedInPlatform(options: LinkedInOptions): SandboxPlatform & { readonly segments: SegmentStore } {
  const segments = new SegmentStore();
  const tokens = new Tokens();
  let recent: number[] = [];

  const api = (request: SandboxRequest, violate: (kind: Violation["kind"]) => void): SandboxReply => {
    const refused = refuseEnvelope(request, tokens);
    if (refused !== undefined) return refused;
    const { method, path } = request;
    if (path === "/rest/dmpSegments" && method === "GET") return find(segments, request);
    if (path === "/rest/dmpSegments" && method === "POST") return create(segments, request, options);
    const one = ONE.exec(path);
    if (one !== null && method === "GET") {
      const segment = segments.get(Number(one[1]));
      return segment === undefined ? error(404, "Segment not found") : { status: 200, body: shown(segment) };
    }
    const members = MEMBERS.exec(path);
    if (members === null || method !== "POST") return error(404, "No virtual resource found");
    const now = options.now();
    recent = recent.filter((at) => at > now - 60_000);
    if (options.companiesPerMinute > 0 && recent.length >= options.companiesPerMinute)
      return error(429, "Resource level throttle limit");
    recent.push(now);
    const segment = segments.get(Number(members[1]));
    if (segment === undefined || now < segment.created + options.notReadyMs) return error(404, "Segment not found");
    if (segment.notReadyRequests > 0) {
      segment.notReadyRequests--;
      return error(404, "Segment not found");
    }
    if (members[2] === "users")
      return error(400, segment.type === "USER" ? "The sandbox takes companies only" : "Segment is of type COMPANY");
    return segment.type === "COMPANY" ? stream(segments, segment, request, now, violate) : error(400, "Segment is of type USER");
  };

  return {
    id: "linkedin",
    segments,
    secrets: SECRETS,
    settings: { adAccount: ACCOUNT, sourcePlatform: SOURCE_PLATFORM },
    bases: (url) => ({
      LINKEDIN_API_BASE: `${url}/linkedin/rest`,
      LINKEDIN_OAUTH_BASE: `${url}/linkedin/oauth/v2`,
    }),
    route(method, path) {
      if (path === "/oauth/v2/accessToken") return "token";
      if (path === "/rest/dmpSegments") return method === "POST" ? "create" : "find";
      return MEMBERS.test(path) ? "members" : "read";
    },
    handle(request, violate) {
      if (request.path === "/oauth/v2/accessToken" && request.method === "POST") {
        if (request.fault?.fault === "revoke-refresh") tokens.revokeRefresh();
        return tokens.refresh(new URLSearchParams(request.body));
      }
      return api(request, violate);
    },
    views: { segments: () => ({ segments: segments.view() }) },
    reset() {
      segments.clear();
      tokens.reset();
      recent = [];
    },
    save: () => segments.view(),
    load: (saved) => segments.load(saved as SegmentView[]),
  };
}

/** Faults of the whole answer, then token, version and protocol, in the order in which a gateway meets them. */
function refuseEnvelope(request: SandboxRequest, tokens: Tokens): SandboxReply | undefined {
  const { headers } = request;
  const fault = request.fault?.fault;
  if (fault === "expire-token") tokens.expire();
  const token = /^Bearer (\S+)$/.exec(headers.authorization ?? "")?.[1];
  if (token === undefined) return error(401, "Empty oauth2_access_token");
  if (!tokens.accepts(token)) return error(401, "The token used in the request has expired", 65_601);
  const version = headers["linkedin-version"];
  if (version === undefined || !/^\d{6}$/.test(version)) return error(400, "A version must be present: LinkedIn-Version header");
  if (fault === "version-sunset" || version < OLDEST_VERSION || version > NEWEST_VERSION)
    return error(426, `Requested version ${version} is not active`);
  if (headers["x-restli-protocol-version"] !== "2.0.0") return error(400, "X-RestLi-Protocol-Version 2.0.0 is required");
  if (request.method === "POST" && !(headers["content-type"] ?? "").startsWith("application/json"))
    return error(415, "Content-Type must be application/json");
  if (fault === "throttle") return error(429, "Resource level throttle limit for calls to this resource is reached");
  if (fault === "forbidden") return error(403, "Not enough permissions to access this resource", 100);
  if (fault === "not-ready") return error(404, "Segment not found");
  if (fault === "conflict") return error(409, "Concurrent create");
  return undefined;
}

function find(segments: SegmentStore, { query }: SandboxRequest): SandboxReply {
  if (query.get("q") !== "account") return error(400, "Finder q is required");
  if (query.get("account") !== ACCOUNT) return error(403, "Not enough permissions to access this account", 100);
  const found = segments.find({
    account: ACCOUNT,
    sourceSegmentId: query.get("sourceSegmentId"),
    sourcePlatform: query.get("sourcePlatform"),
  });
  const start = Number(query.get("start") ?? 0);
  const count = Number(query.get("count") ?? found.length);
  return {
    status: 200,
    body: { paging: { start, count, links: [], total: found.length }, elements: found.slice(start, start + count).map(shown) },
  };
}

function create(segments: SegmentStore, { body }: SandboxRequest, options: LinkedInOptions): SandboxReply {
  const wanted = parse(body);
  if (wanted === undefined) return error(400, "Body is not a JSON object");
  const { name, sourcePlatform, sourceSegmentId, account, type, destinations } = wanted;
  if (account !== ACCOUNT) return error(403, "Not enough permissions to access this account", 100);
  if (typeof name !== "string" || name === "") return error(400, "Field name is required");
  if (sourcePlatform !== SOURCE_PLATFORM) return error(400, "Unknown sourcePlatform");
  if (typeof sourceSegmentId !== "string" || sourceSegmentId === "") return error(400, "Field sourceSegmentId is required");
  if (type !== "USER" && type !== "COMPANY") return error(400, "Invalid type");
  if (!Array.isArray(destinations) || destinations[0]?.destination !== "LINKEDIN")
    return error(400, "Destination LINKEDIN is required");
  const { notReadyRequests } = options;
  const fields = {
    name,
    type,
    sourcePlatform,
    sourceSegmentId,
    account: ACCOUNT,
    created: options.now(),
    notReadyRequests,
  } as const;
  return { status: 201, headers: { "x-restli-id": String(segments.create(fields).id) } };
}

function stream(
  segments: SegmentStore,
  segment: Segment,
  request: SandboxRequest,
  now: number,
  violate: (kind: Violation["kind"]) => void,
): SandboxReply {
  if ((request.headers["x-restli-method"] ?? "").toLowerCase() !== "batch_create")
    return error(400, "X-RestLi-Method BATCH_CREATE is required");
  const elements = parse(request.body)?.elements;
  if (!Array.isArray(elements) || elements.length === 0) return error(400, "Field elements is required");
  if (elements.length > MAX_ELEMENTS) return error(400, `At most ${MAX_ELEMENTS} elements`);
  const fault = request.fault?.fault;
  const seen = new Map<string, string>();
  const answers = elements.map((element: unknown, index) => {
    if (index === 0 && fault === "reject-element") return { status: 400, error: { message: "Invalid organization urn" } };
    if (index === 0 && fault === "transient-element") return { status: 503, error: { message: "Try again" } };
    const reason = refuseElement(element);
    if (reason !== undefined) return { status: 400, error: { message: reason } };
    const company = element as CompanyElement;
    const identity = identityOf(company);
    const before = seen.get(identity);
    if (before !== undefined) violate(before === company.action ? "duplicate-in-batch" : "conflict-in-batch");
    seen.set(identity, company.action ?? "");
    segments.apply(segment, company, now);
    return { status: 201 };
  });
  if (fault === "short-answer") answers.pop();
  return { status: 200, body: { elements: answers }, elements: elements.length };
}

function shown(segment: Segment) {
  const { id, name, type, sourcePlatform, sourceSegmentId, account, created, lastModified, members } = segment;
  const matchedCount = members.size;
  return {
    ...{
      id,
      name,
      type,
      sourcePlatform,
      sourceSegmentId,
      accessPolicy: "PRIVATE",
      account,
      inputCount: matchedCount,
      created,
      lastModified,
    },
    destinations: [
      {
        destination: "LINKEDIN",
        destinationSegmentId: `urn:li:adSegment:${id}`,
        status: matchedCount === 0 ? "BUILDING" : "READY",
        audienceSize: matchedCount * 100,
        matchedCount,
        created,
        lastModified,
      },
    ],
  };
}

function parse(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** The older error shape, which the streaming end points use. */
function error(status: number, message: string, serviceErrorCode = status): SandboxReply {
  return { status, body: { message, serviceErrorCode, status } };
}
