import { BugError, CredentialError, isKnownError, type KnownError, NotFoundError, TransientError } from "@bullseye/core/errors";

/** What the SDK says of an error, whichever service it comes from. */
export interface AwsError {
  readonly name?: string;
  readonly message?: string;
  /** Network errors have one. */
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $retryable?: unknown;
}

const MISSING = new Set([
  "NoSuchKey",
  "NoSuchVersion",
  "NotFound",
  "NoSuchBucket",
  "ResourceNotFoundException",
  "QueueDoesNotExist",
  "AWS.SimpleQueueService.NonExistentQueue",
]);

const CREDENTIALS = new Set([
  "CredentialsProviderError",
  "TokenProviderError",
  "ExpiredToken",
  "ExpiredTokenException",
  "InvalidAccessKeyId",
  "InvalidClientTokenId",
  "SignatureDoesNotMatch",
  "UnrecognizedClientException",
]);

const DENIED = new Set(["AccessDenied", "AccessDeniedException", "KMS.AccessDeniedException", "AllAccessDisabled"]);

/** Codes of throttles and of the service's own trouble, as errors and inside of answers that are partly good. */
const BUSY = new Set([
  "InternalError",
  "InternalException",
  "InternalFailure",
  "InternalServerError",
  "InternalServiceError",
  "LimitExceededException",
  "OperationAborted",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestTimeout",
  "RequestTimeoutException",
  "ServiceUnavailable",
  "SlowDown",
  "Throttling",
  "ThrottlingException",
  "ThrottledException",
  "TimeoutError",
  "TooManyRequestsException",
  "KmsThrottled",
  "KMS.ThrottlingException",
]);

const NETWORK = /^(E(CONN|NOTFOUND|PIPE|AI_AGAIN|TIMEDOUT|HOSTUNREACH|NETUNREACH)|ERR_STREAM_PREMATURE_CLOSE|UND_ERR)/;

/** Whether a code inside of an answer that is partly good says that the same may work later. */
export const isBusyCode = (code: string | undefined): boolean => code !== undefined && BUSY.has(code);

/** Whether it says that there is no such thing (an object, a secret, or what the stage should have). */
export const isMissing = (error: unknown): boolean => MISSING.has((error as AwsError | undefined)?.name ?? "");

/** Whether the network failed rather than the service. */
export function isNetworkFailure(error: unknown): boolean {
  const { name, code, message } = (error ?? {}) as AwsError;
  return NETWORK.test(code ?? "") || name === "TimeoutError" || message === "aborted";
}

/**
 * An error of the SDK as one of ours. `doing` says what for and of what ("reading the object runs/…"). The SDK has retried by then, so
 * that a throttle is a TransientError that the workflow waits for. `right` names the permission that the call needs.
 */
export function knownFailure(error: unknown, doing: string, right?: string): KnownError {
  if (isKnownError(error)) return error;
  const { name = "Error", $metadata, $retryable } = (error ?? {}) as AwsError;
  const status = $metadata?.httpStatusCode ?? 0;
  const options = { cause: error };
  if (CREDENTIALS.has(name))
    return new CredentialError(`${doing}: AWS does not take these credentials (${name})`, {
      ...options,
      hint: "log in again, or set the AWS profile that has access to this stage",
    });
  if (DENIED.has(name) || status === 403)
    return new CredentialError(`${doing}: AWS denies it (${name})`, {
      ...options,
      hint: `allow ${right ?? "the call"} to the role that runs this; with a customer-managed key, also the use of that key`,
    });
  if (MISSING.has(name)) return new NotFoundError(`${doing}: AWS knows no such thing (${name})`, options);
  if (BUSY.has(name) || status === 429 || status >= 500 || $retryable !== undefined || isNetworkFailure(error))
    return new TransientError(`${doing}: AWS is busy or out of reach (${name}${status ? ` ${status}` : ""})`, options);
  return new BugError(`${doing}: AWS refuses the request (${name}${status ? ` ${status}` : ""})`, options);
}
