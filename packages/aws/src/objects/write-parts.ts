import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { inParallel } from "../in-parallel.ts";
import { PART_BYTES, PARTS_AT_ONCE } from "./read-parts.ts";

interface Destination {
  Bucket: string;
  Key: string;
}

/** Writes an object; a large one in parts, which readers see when all of them are there. */
export async function writeBytes(client: S3Client, to: Destination, bytes: Uint8Array): Promise<void> {
  if (bytes.length <= PART_BYTES) await client.send(new PutObjectCommand({ ...to, Body: bytes }));
  else await writeParts(client, to, bytes);
}

async function writeParts(client: S3Client, to: Destination, bytes: Uint8Array): Promise<void> {
  const checksum = { ChecksumAlgorithm: "CRC32" } as const;
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...to, ...checksum }));
  const upload = { ...to, UploadId };
  try {
    const numbers = Array.from({ length: Math.ceil(bytes.length / PART_BYTES) }, (_, index) => index + 1);
    const Parts = await inParallel(numbers, PARTS_AT_ONCE, async (PartNumber) => {
      const Body = bytes.subarray((PartNumber - 1) * PART_BYTES, PartNumber * PART_BYTES);
      const { ETag, ChecksumCRC32 } = await client.send(new UploadPartCommand({ ...upload, ...checksum, PartNumber, Body }));
      return { PartNumber, ETag, ChecksumCRC32 };
    });
    await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
  } catch (error) {
    // Parts of an upload that is not given up are paid for; the bucket's lifecycle clears those that this does not reach.
    await client.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined);
    throw error;
  }
}
