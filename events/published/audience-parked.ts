import * as z from "zod";
import { event, planFields } from "./event.ts";

const detail = z.strictObject({ ...planFields, reason: z.string().min(1) });

/** An audience waits for a person. */
export const audienceParked = event({
  type: "audience-parked",
  description: "Deliveries to an audience stop until a person did what the reason says and released it.",
  detail,
  example: {
    type: "audience-parked",
    id: "2d7715f0b9c84e63d1aa",
    at: "2026-11-20T10:05:40.033Z",
    detail: {
      pushId: "enterprise-tier-a-4f19c2d07ab3",
      runId: "b07d41c6e92a5f3810de",
      audience: "enterprise-tier-a",
      platform: "linkedin",
      mode: "api",
      planHash: "4f19c2d07ab35e8810c6d29f7b3e4a1c",
      desired: 96,
      add: 96,
      remove: 0,
      reason: "refreshing the access token: refused (invalid_grant)",
    },
  },
});
