import * as z from "zod";
import { event, planFields } from "./event.ts";

const detail = z.strictObject({ ...planFields, reasons: z.array(z.string().min(1)) });

/** A plan waits for a person. */
export const planAwaitingApproval = event({
  type: "plan-awaiting-approval",
  description: "A plan waits until somebody approves its hash (`bullseye audiences approve`); nothing of it is sent before.",
  detail,
  example: {
    type: "plan-awaiting-approval",
    id: "c0a4d9e17b5f2863aa01",
    at: "2026-11-20T09:14:50.902Z",
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
      reasons: ["first push of this audience"],
    },
  },
});
