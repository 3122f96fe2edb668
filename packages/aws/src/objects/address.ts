/** An object in a bucket, or one version of it. */
export interface Address {
  Bucket: string;
  Key: string;
  VersionId?: string;
}

const VERSION = "?versionId=";

/** The key of one version of an object, as all reading calls of the store understand it; S3 calls objects without versions `null`. */
export function versionedKey(key: string, versionId: string): string {
  return versionId === "" || versionId === "null" ? key : `${key}${VERSION}${encodeURIComponent(versionId)}`;
}

/** What a key means in a bucket. */
export function addressOf(bucket: string, key: string): Address {
  const at = key.lastIndexOf(VERSION);
  if (at === -1) return { Bucket: bucket, Key: key };
  return { Bucket: bucket, Key: key.slice(0, at), VersionId: decodeURIComponent(key.slice(at + VERSION.length)) };
}
