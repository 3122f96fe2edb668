import { changeEvidence } from "../operations/kept-evidence.ts";
import { evidencePrefix } from "../operations/run-context.ts";
import type { StoredContact } from "../personas/types.ts";
import type { Ports } from "../ports.ts";
import type { Evidence } from "../resolve/evidence.ts";
import { forgetBuyers, isOrderOf } from "../resolve/facts.ts";
import type { StoredOrder } from "../transactions/types.ts";
import type { Found } from "./found.ts";
import type { Removed } from "./redact-lists.ts";

/** What was kept beside the store of files that speak of the same companies, as far as it names who is erased. */
export async function redactEvidence(ports: Ports, found: Found): Promise<Removed[]> {
  let n = 0;
  for (const [list, homes] of Object.entries(found.lists)) {
    const mine = new Set(homes);
    n += await changeEvidence(ports, evidencePrefix(list), (evidence) => {
      if (!mine.has(evidence.home)) return evidence;
      return found.kind === "company" ? null : withoutPerson(evidence, list, found);
    });
  }
  return n === 0 ? [] : [{ where: "evidence of files that share companies", n }];
}

/** As the store keeps it (`resolve/facts.ts`): what is about the person goes, and the rest of the home where nothing else is left. */
function withoutPerson(evidence: Evidence, list: string, { contacts, buyers }: Found): Evidence | null {
  const customer = evidence.st.every(({ j }) => (JSON.parse(j) as { nameFrom?: string }).nameFrom === "customer");
  const facts = (evidence.facts as Array<StoredContact | StoredOrder>).filter((fact) =>
    "contactId" in fact ? !contacts.includes(fact.contactId) : !("parts" in fact && customer && isOrderOf(fact, buyers)),
  );
  if (facts.length === 0 && evidence.facts.length > 0) return null;
  for (const fact of facts) if ("parts" in fact) forgetBuyers(fact, list, buyers);
  return { ...evidence, facts };
}
