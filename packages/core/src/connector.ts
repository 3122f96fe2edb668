import { CredentialError, InputError, type KnownError, TransientError } from "./errors.ts";

/** One member of a person or company audience; `id` is what verdicts are given by. */
export interface AudienceMember {
  /** The account id (companies) or contact id (persons); never sent to a platform. */
  readonly id: string;
}

/** A company as a platform may be told of it: plain text, canonical values, never hashed. `domain` is "" for a company known by name alone. */
export interface CompanyMember extends AudienceMember {
  readonly name: string;
  /** Lower-case registrable domain, no scheme, no path. */
  readonly domain: string;
  readonly emailDomain?: string;
  readonly linkedinUrl?: string;
  /** `urn:li:organization:1035`, or the bare number. */
  readonly organizationUrn?: string;
  readonly ticker?: string;
  readonly industry?: string;
  readonly city?: string;
  readonly state?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  readonly postalCode?: string;
}

/** How a connector can be fed: `file` writes files a person uploads, `api` streams. */
export type DeliveryMode = "file" | "api";

/** What one request may do to an audience. `replace` writes the whole desired membership. */
export type MemberAction = "add" | "remove" | "replace";

/** What a connector can do, as data that planning and reports read. */
export interface AdCapabilities {
  readonly memberKind: "company" | "person";
  readonly modes: readonly DeliveryMode[];
  /** Per mode; an absent mode has no actions. */
  readonly actions: Readonly<Partial<Record<DeliveryMode, readonly MemberAction[]>>>;
  /** `per-member`: an accepted verdict is a confirmation. `per-request`: it only says that the request was taken. */
  readonly verdicts: "per-member" | "per-request";
  /** Members in one API request; the connector splits by itself. */
  readonly maxPerRequest: number;
  /** Matched members below which the platform does not serve, and who says so. */
  readonly minimumSize: { readonly matched: number; readonly source: string };
}

/** A field of a connector's settings or secrets, as its manifest declares it. */
export interface ConnectorField {
  readonly name: string;
  readonly required: boolean;
  readonly description: string;
  readonly default?: string;
}

/** `manifest.json` beside a connector: all that the stacks read of it. */
export interface ConnectorManifest {
  readonly id: string;
  readonly kind: "ads" | "enrichment";
  /** Workers that may push for one connection at once. */
  readonly concurrency: number;
  readonly limits: Readonly<Record<string, number>>;
  readonly secretFields: readonly ConnectorField[];
  readonly settingFields: readonly ConnectorField[];
  /** Name of the override variable -> the vendor's own address, path prefix included. */
  readonly baseUrls: Readonly<Record<string, string>>;
}

/** The environment variable that holds a setting or secret of a platform: `linkedin`, `adAccount` -> `LINKEDIN_AD_ACCOUNT`. */
export function connectionVariable(platform: string, field: string): string {
  return `${platform}_${field}`
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, "_");
}

/** One HTTP request. `url` and `headers` may carry tokens: never log them. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One HTTP answer, whatever its status. Header names are lower case. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** No answer came: `sent` false means that nothing left, true that the request may have taken effect. Thrown by `HttpPort`. */
export interface HttpFailure {
  readonly name: "HttpFailure";
  readonly message: string;
  readonly sent: boolean;
  /** Network error code such as ECONNREFUSED, or TIMEOUT. */
  readonly code: string;
}

/** Resolves with any status, rejects with an `HttpFailure` where no answer came. */
export type HttpPort = (request: HttpRequest) => Promise<HttpResponse>;

/** The secrets of one connection, by the field names of the manifest. */
export interface ConnectorSecrets {
  get(field: string): Promise<string | undefined>;
  /** Keeps a refreshed token; without it a refresh lasts for one call. */
  set?(field: string, value: string): Promise<void>;
}

/** All that a connector may ask of the world. */
export interface ConnectorContext {
  readonly http: HttpPort;
  readonly secrets: ConnectorSecrets;
  /** Milliseconds since 1970. */
  readonly clock: { now(): number };
  sleep(milliseconds: number): Promise<void>;
  /** The override of a base address at this moment (path prefix included), or undefined for the vendor's own. */
  baseUrl(name: string): string | undefined;
  /** By the setting names of the manifest. */
  readonly settings: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970 after which the connector starts no wait: it hands back what it has. */
  readonly deadline?: number;
}

/** The platform's answer for one member of a push, matched by (id, action). A reason may quote the platform. */
export interface MemberVerdict {
  readonly id: string;
  readonly action: "add" | "remove";
  readonly outcome: "accepted" | "rejected";
  readonly reason?: string;
}

/** A member of a push without a verdict. `unsent` had no effect; `unknown` may have taken effect and must be pushed again before anything else is planned for it. */
export interface UnansweredMember {
  readonly id: string;
  readonly action: "add" | "remove";
  readonly outcome: "unsent" | "unknown";
}

/** Every (id, action) given to a push is in exactly one of `verdicts` and `unanswered`; `failure` says why the latter is not empty. */
export interface PushResult {
  readonly verdicts: readonly MemberVerdict[];
  readonly unanswered: readonly UnansweredMember[];
  readonly failure?: DeliveryFailure;
}

/**
 * The difference to send. Removals are read as coming before additions: where two members are one to the platform (`memberKey`), the
 * addition stands. `remove` holds members as they were told, so that the platform recognises them.
 */
export interface PushInput<Member extends AudienceMember = CompanyMember> {
  readonly platformId: string;
  readonly add: readonly Member[];
  readonly remove: readonly Member[];
  /** The same for every retry of one push; platforms without set-like requests guard with it. */
  readonly pushId?: string;
}

/** What a platform says of an audience. Sizes are the platform's own words; undefined where it keeps silent. */
export interface AudienceStatus {
  /** The platform's state, lower case. */
  readonly state: string;
  /** Whether campaigns can use it now. */
  readonly targetable: boolean;
  readonly size?: number;
  readonly matched?: number;
  readonly input?: number;
}

/** One file of a file-mode audience, UTF-8 with CRLF line ends. */
export interface FilePart {
  readonly fileName: string;
  readonly body: string;
  readonly bytes: number;
  /** Data rows, the header not counted. */
  readonly rows: number;
  /** Members that this part stands for, those that share a row included. */
  readonly ids: readonly string[];
  /** Members passed over while this part was filled. */
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
}

/** The platform's upload template. `parts` always yields one part at least, so that an emptied audience is written too. */
export interface FileTemplate<Member extends AudienceMember = CompanyMember> {
  readonly fileName: string;
  readonly header: readonly string[];
  row(member: Member): string[];
  readonly limits: { readonly maxRows: number; readonly maxBytes: number; readonly source: string };
  parts(members: Iterable<Member>): Iterable<FilePart>;
}

/** Adds, removes and asks, for platforms that take members by API. */
export interface AudienceApi<Member extends AudienceMember = CompanyMember> {
  /** Finds the audience by our own id or creates it; repeating it is harmless. Throws `DeliveryError`, `CredentialError`, `InputError`. */
  ensureAudience(
    ctx: ConnectorContext,
    input: { readonly audienceId: string; readonly name: string },
  ): Promise<{ platformId: string; created: boolean }>;
  /** Sends the difference in as many requests as it takes. Throws only before the first request (`CredentialError`, `InputError`); a failure after it is in the result. */
  push(ctx: ConnectorContext, input: PushInput<Member>): Promise<PushResult>;
  /** Throws as `ensureAudience`. */
  status(ctx: ConnectorContext, platformId: string): Promise<AudienceStatus>;
}

/** One ad platform, declared. */
export interface AdConnector<Member extends AudienceMember = CompanyMember> {
  readonly id: string;
  readonly manifest: ConnectorManifest;
  readonly capabilities: AdCapabilities;
  /** What the platform tells members apart by: two members of one key are one member there, so plans are made on keys. */
  memberKey(member: Member): string;
  /** Why the platform must not be given this member, or undefined. Pure; both modes ask it. */
  refuse(member: Member): string | undefined;
  readonly fileTemplate?: FileTemplate<Member>;
  readonly api?: AudienceApi<Member>;
}

/** Why a delivery did not go through, in one vocabulary for every platform. */
export type DeliveryClass =
  | "THROTTLED"
  | "TRANSIENT"
  | "AUTH_EXPIRED"
  | "RECONNECT"
  | "PERMISSION"
  | "NOT_READY"
  | "INVALID_ROWS"
  | "INVALID_REQUEST"
  | "TERMS_REQUIRED"
  | "VERSION_SUNSET"
  | "POLICY_BLOCKED"
  | "OUTCOME_UNKNOWN";

/** What the queue worker does: `delay` and `resend` re-send the same push later, `park` holds the connection for a person, `record` notes the rows. */
export type DeliveryHandling = "delay" | "resend" | "park" | "record";

/** The one table from delivery class to error name, handling and the sentence for a person. */
export const DELIVERY_CLASSES: Readonly<
  Record<
    DeliveryClass,
    {
      readonly error: "TransientError" | "CredentialError" | "InputError";
      readonly handling: DeliveryHandling;
      readonly hint: string;
    }
  >
> = {
  THROTTLED: { error: "TransientError", handling: "delay", hint: "nothing to do: it is sent again later." },
  TRANSIENT: { error: "TransientError", handling: "delay", hint: "nothing to do: it is sent again later." },
  NOT_READY: { error: "TransientError", handling: "delay", hint: "nothing to do: the platform is still building the audience." },
  OUTCOME_UNKNOWN: {
    error: "TransientError",
    handling: "resend",
    hint: "nothing to do: the same push is sent again; it has no further effect where it had arrived.",
  },
  AUTH_EXPIRED: { error: "TransientError", handling: "resend", hint: "nothing to do: the token is refreshed." },
  RECONNECT: { error: "CredentialError", handling: "park", hint: "connect the ad account again and store the new tokens." },
  PERMISSION: {
    error: "CredentialError",
    handling: "park",
    hint: "give the connected user the role and the scope that the platform asks for.",
  },
  TERMS_REQUIRED: {
    error: "CredentialError",
    handling: "park",
    hint: "accept the platform's audience terms in its own console.",
  },
  POLICY_BLOCKED: {
    error: "CredentialError",
    handling: "park",
    hint: "the platform blocked uploads: ask its support before retrying.",
  },
  VERSION_SUNSET: { error: "InputError", handling: "park", hint: "set a current API version in the connection's settings." },
  INVALID_REQUEST: {
    error: "InputError",
    handling: "park",
    hint: "check the connection's settings: account, audience and API version.",
  },
  INVALID_ROWS: { error: "InputError", handling: "record", hint: "correct the rows that the platform refused." },
};

/** A failed delivery as plain data: it survives JSON and worker boundaries. Never holds a token. */
export interface DeliveryFailure {
  readonly name: "DeliveryError";
  readonly platform: string;
  readonly class: DeliveryClass;
  readonly message: string;
  /** HTTP status, where there was an answer. */
  readonly status?: number;
  /** Seconds to wait before the next attempt. */
  readonly retryAfter?: number;
}

/** Thrown where there is no partial result to hand back. The failure is its `cause`, the one own field that structured clone keeps. */
export class DeliveryError extends Error {
  override readonly name = "DeliveryError" as const;

  constructor(failure: DeliveryFailure) {
    super(failure.message, { cause: failure });
  }
}

/** The failure behind a thrown value or in a result, also after a worker boundary; undefined for anything else. */
export function deliveryFailureOf(value: unknown): DeliveryFailure | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const candidate = value as Partial<DeliveryFailure> & { cause?: unknown };
  if (candidate.name === "DeliveryError" && candidate.class !== undefined && candidate.class in DELIVERY_CLASSES)
    return value as DeliveryFailure;
  return candidate.cause === undefined ? undefined : deliveryFailureOf(candidate.cause);
}

/** The error of ours that a failure becomes, for callers that match on error names. */
export function knownErrorOf(failure: DeliveryFailure): KnownError {
  const { error, hint } = DELIVERY_CLASSES[failure.class];
  if (error === "TransientError") return new TransientError(failure.message, { hint, retryAfter: failure.retryAfter });
  return error === "CredentialError" ? new CredentialError(failure.message, { hint }) : new InputError(failure.message, { hint });
}
