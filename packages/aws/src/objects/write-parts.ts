import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { PART_BYTES, PARTS_AT_ONCE } from "./read-parts.ts";

interface Destination {
  Bucket: string;
  Key: string;
}

/** Writes an object; a large one in parts, which readers see when all of them are there, and of which a failed upload leaves none. */
export async function writeBytes(client: S3Client, to: Destination, bytes: Uint8Array): Promise<void> {
  const params = { ...to, Body: bytes };
  if (bytes.length <= PART_BYTES) await client.send(new PutObjectCommand(params));
  else await new Upload({ client, params, partSize: PART_BYTES, queueSize: PARTS_AT_ONCE }).done();
}
