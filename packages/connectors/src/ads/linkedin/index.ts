import type { AdConnector, CompanyMember } from "@bullseye/core/connector";
import { ensureAudience, status } from "./audiences.ts";
import { memberKey, refuse } from "./convert.ts";
import { companyTemplate } from "./file-template.ts";
import manifest from "./manifest.json" with { type: "json" };
import { push } from "./push.ts";

/** LinkedIn Matched Audiences: company segments by API (DMP segments) or by list upload. */
export const linkedin: AdConnector<CompanyMember> = {
  id: manifest.id,
  manifest: manifest as AdConnector["manifest"],
  capabilities: {
    memberKind: "company",
    modes: ["file", "api"],
    actions: { file: ["replace"], api: ["add", "remove"] },
    verdicts: "per-member",
    maxPerRequest: manifest.limits.maxPerRequest,
    minimumSize: { matched: 300, source: "LinkedIn help, Matched Audiences: 300 matched members before a campaign serves" },
  },
  memberKey,
  refuse,
  fileTemplate: companyTemplate,
  api: { ensureAudience, push, status },
};
