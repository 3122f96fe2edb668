import { type AudienceStatus, type ConnectorContext, DeliveryError, type DeliveryFailure } from "@bullseye/core/connector";
import { backoffMs } from "../../backoff.ts";
import { failure, parseJson } from "./classify.ts";
import { pickCompanySegment, type Segment, toStatus } from "./convert.ts";
import { RETRY, WAIT_AFTER_CREATE_MS } from "./patience.ts";
import { type Answer, openSession, pause, type Session } from "./session.ts";

/**
 * Finds the company segment by our own id, or creates it. The finder runs again before every create, so neither a conflict (409) nor an
 * answer that got lost leads to a second segment.
 */
export async function ensureAudience(
  ctx: ConnectorContext,
  input: { readonly audienceId: string; readonly name: string },
): Promise<{ platformId: string; created: boolean }> {
  const session = await openSession(ctx);
  const sourceSegmentId = `${session.settings.namespace}-${input.audienceId}`;
  for (let attempt = 1; ; attempt++) {
    const step = await findOrCreate(session, sourceSegmentId, input.name);
    if ("platformId" in step) {
      if (step.created) await pause(ctx, WAIT_AFTER_CREATE_MS);
      return step;
    }
    await waitOrThrow(ctx, step.failure, attempt, sourceSegmentId);
  }
}

/** The state of a segment at LinkedIn. */
export async function status(ctx: ConnectorContext, platformId: string): Promise<AudienceStatus> {
  const session = await openSession(ctx);
  for (let attempt = 1; ; attempt++) {
    const doing = "reading the segment";
    const answer = await session.call({ doing, method: "GET", path: `/dmpSegments/${encodeURIComponent(platformId)}` });
    const segment = jsonOf<Segment>(doing, answer);
    if (!("failure" in segment)) return toStatus(segment.json);
    await waitOrThrow(ctx, segment.failure, attempt, platformId);
  }
}

type Step = { platformId: string; created: boolean } | { failure: DeliveryFailure };

async function findOrCreate(session: Session, sourceSegmentId: string, name: string): Promise<Step> {
  const found = await find(session, sourceSegmentId);
  if ("failure" in found) return found;
  if (found.platformId !== undefined) return { platformId: found.platformId, created: false };
  const { adAccount, sourcePlatform } = session.settings;
  const answer = await session.call({
    doing: "creating the segment",
    method: "POST",
    path: "/dmpSegments",
    body: {
      name,
      sourcePlatform,
      sourceSegmentId,
      account: adAccount,
      type: "COMPANY",
      accessPolicy: "PRIVATE",
      destinations: [{ destination: "LINKEDIN" }],
    },
  });
  if ("failure" in answer) return answer;
  // Older pages name the header x-linkedin-id.
  const platformId = answer.response.headers["x-restli-id"] ?? answer.response.headers["x-linkedin-id"];
  return platformId === undefined
    ? { failure: failure("TRANSIENT", "creating the segment: the answer names no id") }
    : { platformId, created: true };
}

async function find(
  session: Session,
  sourceSegmentId: string,
): Promise<{ platformId: string | undefined } | { failure: DeliveryFailure }> {
  const { adAccount, sourcePlatform } = session.settings;
  const query = Object.entries({ q: "account", account: adAccount, sourceSegmentId, sourcePlatform })
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
  const doing = "looking for the segment";
  const body = jsonOf<{ elements?: Segment[] }>(
    doing,
    await session.call({ doing, method: "GET", path: `/dmpSegments?${query}` }),
  );
  if ("failure" in body) return body;
  // An account finder that ignored our filter would hand out foreign segments.
  const ours = body.json.elements?.filter((one) => one.sourceSegmentId === undefined || one.sourceSegmentId === sourceSegmentId);
  return { platformId: pickCompanySegment(ours ?? []) };
}

function jsonOf<T extends object>(doing: string, answer: Answer): { json: T } | { failure: DeliveryFailure } {
  if ("failure" in answer) return answer;
  const json = parseJson(answer.response.text);
  return typeof json === "object" && json !== null
    ? { json: json as T }
    : { failure: failure("TRANSIENT", `${doing}: the answer is no JSON`, { status: answer.response.status }) };
}

const REPEATABLE = new Set<string>(["THROTTLED", "TRANSIENT", "OUTCOME_UNKNOWN"]);

async function waitOrThrow(ctx: ConnectorContext, failed: DeliveryFailure, attempt: number, seed: string): Promise<void> {
  if (!REPEATABLE.has(failed.class) || attempt >= RETRY.maxAttempts) throw new DeliveryError(failed);
  const wait = Math.max(backoffMs(RETRY, attempt, seed), (failed.retryAfter ?? 0) * 1000);
  if (wait > RETRY.maxDelayMs || !(await pause(ctx, wait))) throw new DeliveryError(failed);
}
