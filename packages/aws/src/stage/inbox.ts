import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { HeadObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { BugError, TransientError } from "@bullseye/core/errors";
import type { ListKind, SourceDeclaration } from "@bullseye/core/lists/kinds";
import type { Sidecar } from "@bullseye/core/lists/sidecar";
import type { OnProgress } from "./progress.ts";

/** A file on this machine that was looked at and is about to be dropped. */
export interface StageDrop {
  path: string;
  kind: ListKind;
  list: string;
  fileName: string;
  /** SHA-256 of the bytes. */
  versionId: string;
  size: number;
  /** How the bytes are read (`readingId`). */
  reading: string;
  sidecar: Sidecar & { mode: "append" | "snapshot"; source: SourceDeclaration };
}

/** Where the hash of the bytes stands in the object's metadata: a drop that is repeated finds its object again. */
const HASH = "sha256";

/** Bytes of a part of an upload: 10,000 parts are the most that S3 takes ("Amazon S3 multipart upload limits"), so this allows 160 GB [design]. */
const PART_BYTES = 16 * 1024 * 1024;
/** Parts on their way at once [design]. */
const PARTS_AT_ONCE = 4;

/** The key under which a file lies in the inbox of a stage. */
export const stageInboxKey = ({ kind, list, fileName }: StageDrop): string => `inbox/${kind}/${list}/${fileName}`;

/** The version of a key that holds these very bytes and when it was dropped, where it is the newest; null otherwise. */
export async function droppedBefore(
  s3: S3Client,
  bucket: string,
  key: string,
  hash: string,
): Promise<{ versionId: string; at: Date } | null> {
  try {
    const { Metadata, VersionId, LastModified } = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return Metadata?.[HASH] === hash && VersionId && LastModified ? { versionId: VersionId, at: LastModified } : null;
  } catch (error) {
    // A person who may drop and not read (s3:PutObject alone) gets 403: he drops again, and the run finds the same bytes.
    const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
    if (status === 404 || status === 403) return null;
    throw error;
  }
}

/** The bytes of a file, as long as they are those that were looked at: the end of others is never sent, so that nothing is dropped. */
async function* unchanged({ path, fileName, versionId }: StageDrop): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    hash.update(chunk as Buffer);
    yield chunk as Buffer;
  }
  if (hash.digest("hex") !== versionId)
    throw new TransientError(`${fileName} changed while it was read`, {
      hint: "run it again when it is complete; nothing was imported",
    });
}

/** Uploads a file, in parts where it is large; answers the version id that S3 gave it. */
export async function uploadDrop(s3: S3Client, bucket: string, drop: StageDrop, onProgress: OnProgress): Promise<string> {
  const upload = new Upload({
    client: s3,
    partSize: PART_BYTES,
    queueSize: PARTS_AT_ONCE,
    params: {
      Bucket: bucket,
      Key: stageInboxKey(drop),
      Body: Readable.from(unchanged(drop), { objectMode: false }),
      Metadata: { [HASH]: drop.versionId },
    },
  });
  upload.on("httpUploadProgress", ({ loaded = 0 }) => onProgress({ state: "Upload", done: loaded, total: drop.size }));
  const { VersionId } = await upload.done();
  if (VersionId === undefined)
    throw new BugError(`the bucket ${bucket} keeps no versions`, {
      hint: "deploy the stage again: its bucket has to be versioned",
    });
  return VersionId;
}
