import { open } from "node:fs/promises";
import type { ByteSource } from "@bullseye/core/lists/unpacking/byte-source";

/** A file of this machine, of which `size` bytes are looked at; nothing stays open between reads. */
export function sourceOfFile(path: string, size: number): ByteSource {
  return {
    size,
    async range(start, end) {
      const file = await open(path, "r");
      try {
        const bytes = Buffer.allocUnsafeSlow(Math.max(0, Math.min(end, size) - start));
        let read = 0;
        while (read < bytes.length) {
          const { bytesRead } = await file.read(bytes, read, bytes.length - read, start + read);
          if (bytesRead === 0) break;
          read += bytesRead;
        }
        return bytes.subarray(0, read);
      } finally {
        await file.close();
      }
    },
  };
}
