import type { ConnectorContext } from "@bullseye/core/connector";
import { CredentialError, InputError } from "@bullseye/core/errors";
import manifest from "./manifest.json" with { type: "json" };

/** The settings of one connection, checked. */
export interface LinkedInSettings {
  /** `urn:li:sponsoredAccount:NUMBER` */
  readonly adAccount: string;
  readonly sourcePlatform: string;
  readonly apiVersion: string;
  readonly namespace: string;
  readonly apiBase: string;
  readonly oauthBase: string;
}

/** What is needed to call LinkedIn. `refresh` is undefined where any part of it is missing. */
export interface LinkedInCredentials {
  readonly accessToken: string | undefined;
  readonly refresh: { readonly token: string; readonly clientId: string; readonly clientSecret: string } | undefined;
}

const AD_ACCOUNT = /^(?:urn:li:sponsoredAccount:)?(\d+)$/;
const VERSION = /^20\d{4}$/;

/** Reads and checks the settings; throws `InputError` naming the one that is wrong. */
export function readSettings(ctx: ConnectorContext): LinkedInSettings {
  const account = AD_ACCOUNT.exec(setting(ctx, "adAccount"));
  if (account === null)
    throw new InputError("linkedin: setting adAccount is not an ad account", { hint: "Give urn:li:sponsoredAccount:NUMBER." });
  const apiVersion = setting(ctx, "apiVersion");
  if (!VERSION.test(apiVersion))
    throw new InputError("linkedin: setting apiVersion is not a version", { hint: "Give YYYYMM, such as 202604." });
  return {
    adAccount: `urn:li:sponsoredAccount:${account[1]}`,
    sourcePlatform: setting(ctx, "sourcePlatform"),
    apiVersion,
    namespace: setting(ctx, "namespace"),
    apiBase: base(ctx, "LINKEDIN_API_BASE"),
    oauthBase: base(ctx, "LINKEDIN_OAUTH_BASE"),
  };
}

/** Reads the secrets; throws `CredentialError` naming the missing ones where neither a token nor a way to get one is there. */
export async function readCredentials(ctx: ConnectorContext): Promise<LinkedInCredentials> {
  const read = async (field: string) => (await ctx.secrets.get(field))?.trim() || undefined;
  const [accessToken, token, clientId, clientSecret] = [
    await read("accessToken"),
    await read("refreshToken"),
    await read("clientId"),
    await read("clientSecret"),
  ];
  if (token !== undefined && clientId !== undefined && clientSecret !== undefined)
    return { accessToken, refresh: { token, clientId, clientSecret } };
  if (accessToken !== undefined) return { accessToken, refresh: undefined };
  const missing = Object.entries({ refreshToken: token, clientId, clientSecret }).filter(([, value]) => value === undefined);
  throw new CredentialError(
    `linkedin: no accessToken, and to refresh one ${missing.map(([name]) => name).join(", ")} is missing`,
    {
      hint: "Store accessToken, or refreshToken with clientId and clientSecret, for this connection.",
    },
  );
}

function setting(ctx: ConnectorContext, name: string): string {
  const field = manifest.settingFields.find((one) => one.name === name);
  const value = ctx.settings[name]?.trim() || field?.default;
  if (value === undefined || value === "")
    throw new InputError(`linkedin: setting ${name} is missing`, { hint: field?.description });
  return value;
}

function base(ctx: ConnectorContext, name: keyof typeof manifest.baseUrls): string {
  return (ctx.baseUrl(name) || manifest.baseUrls[name]).replace(/\/+$/, "");
}
