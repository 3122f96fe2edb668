import * as z from "zod";
import { count, event, planFields } from "./event.ts";

const detail = z.strictObject({ ...planFields, files: count });

/** A push is through. */
export const pushDelivered = event({
  type: "push-delivered",
  description: "A push is through: every member of it has an outcome, or its files are written and wait for an upload.",
  detail,
  example: {
    type: "push-delivered",
    id: "91ee3b7c05d2f4a6880b",
    at: "2026-11-20T10:02:11.407Z",
    detail: {
      pushId: "enterprise-tier-a-4f19c2d07ab3",
      runId: "b07d41c6e92a5f3810de",
      audience: "enterprise-tier-a",
      platform: "linkedin",
      mode: "file",
      planHash: "4f19c2d07ab35e8810c6d29f7b3e4a1c",
      desired: 96,
      add: 96,
      remove: 0,
      files: 1,
    },
  },
});
