import type { ConnectorContext, DeliveryFailure, HttpRequest, HttpResponse } from "@bullseye/core/connector";
import { isHttpFailure } from "../../http.ts";
import { failure, failureOfNetwork, failureOfResponse, parseJson } from "./classify.ts";
import { type LinkedInCredentials, type LinkedInSettings, readCredentials, readSettings } from "./settings.ts";

/** An answer of status 2xx, or why there is none. */
export type Answer = { readonly response: HttpResponse } | { readonly failure: DeliveryFailure };

/** One call of the API; `doing` names the step in failures. */
export interface Call {
  readonly doing: string;
  readonly method: "GET" | "POST";
  /** Below the API base, with its query. */
  readonly path: string;
  readonly restliMethod?: "BATCH_CREATE";
  readonly body?: unknown;
}

/** The signed conversation of one connector call. */
export interface Session {
  readonly settings: LinkedInSettings;
  /** Sends once; on a 401 refreshes the token and sends once more. Never throws for what the platform or the network does. */
  call(call: Call): Promise<Answer>;
  /** The text without any token of this session. */
  scrub(text: string): string;
}

/** Reads settings and secrets, throwing `InputError` or `CredentialError` where they do not suffice; sends nothing. */
export async function openSession(ctx: ConnectorContext): Promise<Session> {
  const settings = readSettings(ctx);
  const credentials = await readCredentials(ctx);
  const secrets = new Set([credentials.accessToken, credentials.refresh?.token, credentials.refresh?.clientSecret]);
  let { accessToken } = credentials;
  let grant = credentials.refresh;

  const scrub = (text: string) => {
    let clean = text;
    for (const secret of secrets) if (secret) clean = clean.replaceAll(secret, "[secret]");
    return clean;
  };
  const scrubbed = (answer: Answer): Answer =>
    "failure" in answer ? { failure: { ...answer.failure, message: scrub(answer.failure.message) } } : answer;

  const refresh = async (): Promise<DeliveryFailure | undefined> => {
    const fresh = await refreshTokens(ctx, settings, grant);
    if ("failure" in fresh) return fresh.failure;
    accessToken = fresh.accessToken;
    secrets.add(accessToken).add(fresh.grant.token);
    await ctx.secrets.set?.("accessToken", accessToken);
    if (fresh.grant.token !== grant?.token) await ctx.secrets.set?.("refreshToken", fresh.grant.token);
    grant = fresh.grant;
    return undefined;
  };

  const call = async (request: Call): Promise<Answer> => {
    const first = accessToken === undefined ? undefined : await send(ctx, signed(settings, accessToken, request), request.doing);
    if (first !== undefined && !isUnauthorized(first)) return first;
    const failed = await refresh();
    if (failed !== undefined) return { failure: failed };
    const second = await send(ctx, signed(settings, accessToken ?? "", request), request.doing);
    return isUnauthorized(second)
      ? { failure: failure("RECONNECT", `${request.doing}: the refreshed token was refused too`, { status: 401 }) }
      : second;
  };

  return { settings, scrub, call: async (request) => scrubbed(await call(request)) };
}

/** Waits; false where the deadline would pass meanwhile, and then at once. */
export async function pause(ctx: ConnectorContext, milliseconds: number): Promise<boolean> {
  if (ctx.deadline !== undefined && ctx.clock.now() + milliseconds > ctx.deadline) return false;
  await ctx.sleep(milliseconds);
  return true;
}

function signed(settings: LinkedInSettings, accessToken: string, call: Call): HttpRequest {
  return {
    method: call.method,
    url: `${settings.apiBase}${call.path}`,
    headers: {
      authorization: `Bearer ${accessToken}`,
      "linkedin-version": settings.apiVersion,
      "x-restli-protocol-version": "2.0.0",
      ...(call.restliMethod === undefined ? {} : { "x-restli-method": call.restliMethod }),
      ...(call.body === undefined ? {} : { "content-type": "application/json" }),
    },
    body: call.body === undefined ? undefined : JSON.stringify(call.body),
  };
}

async function send(ctx: ConnectorContext, request: HttpRequest, doing: string): Promise<Answer> {
  try {
    const response = await ctx.http(request);
    return response.status >= 200 && response.status < 300 ? { response } : { failure: failureOfResponse(doing, response) };
  } catch (error) {
    if (!isHttpFailure(error)) throw error;
    return { failure: failureOfNetwork(doing, error, request.method === "GET") };
  }
}

function isUnauthorized(answer: Answer): boolean {
  return "failure" in answer && answer.failure.class === "AUTH_EXPIRED";
}

type Grant = NonNullable<LinkedInCredentials["refresh"]>;
type FreshTokens = { accessToken: string; grant: Grant } | { failure: DeliveryFailure };

/** The refresh grant ("Refresh Tokens with OAuth 2.0", learn.microsoft.com). Only the OAuth error code is repeated, never the description. */
async function refreshTokens(ctx: ConnectorContext, settings: LinkedInSettings, grant: Grant | undefined): Promise<FreshTokens> {
  const doing = "refreshing the access token";
  if (grant === undefined)
    return { failure: failure("RECONNECT", `${doing}: it expired and no refreshToken, clientId and clientSecret are stored`) };
  const form = new URLSearchParams({
    grant_type: "refresh_token",
    refresh_token: grant.token,
    client_id: grant.clientId,
    client_secret: grant.clientSecret,
  });
  let response: HttpResponse;
  try {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    response = await ctx.http({ method: "POST", url: `${settings.oauthBase}/accessToken`, headers, body: form.toString() });
  } catch (error) {
    if (!isHttpFailure(error)) throw error;
    return { failure: failureOfNetwork(doing, error, true) };
  }
  const { status, text } = response;
  const body = (parseJson(text) ?? {}) as { access_token?: unknown; refresh_token?: unknown; error?: unknown };
  if (status === 200 && typeof body.access_token === "string") {
    const token = typeof body.refresh_token === "string" ? body.refresh_token : grant.token;
    return { accessToken: body.access_token, grant: { ...grant, token } };
  }
  if (status === 429) return { failure: failure("THROTTLED", `${doing}: HTTP 429`, { status }) };
  if (status >= 500 || status === 200) return { failure: failure("TRANSIENT", `${doing}: HTTP ${status}`, { status }) };
  const code = typeof body.error === "string" && /^[a-z_]{1,40}$/.test(body.error) ? body.error : `HTTP ${status}`;
  return { failure: failure("RECONNECT", `${doing}: refused (${code})`, { status }) };
}
