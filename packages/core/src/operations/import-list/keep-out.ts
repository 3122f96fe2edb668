import type { OrderLine } from "../../account/facts.ts";
import type { FieldValues } from "../../account/fields.ts";
import { RANK } from "../../account/item.ts";
import { companyMark, ErasedMarks, emailMark } from "../../erasure/marks.ts";
import type { Identity, Rejection, RowDraft } from "../../lists/draft.ts";
import type { Digest, Ports } from "../../ports.ts";
import { homeOfMatch, keysOf } from "../../resolve/identity.ts";
import { type RunContext, readJson, runKey } from "../run-context.ts";
import { suppressionId } from "../suppression.ts";

/** Why a row that names an erased person or company is turned away. */
export const ERASED: Rejection = {
  reason: "erased",
  column: null,
  hint: "this row names a person or company that was erased; it is kept out, and its text is not kept here",
};

type OrderDraft = { kind: "orders"; identity: Identity; fields: FieldValues; order: OrderLine };

/** A line of an order without any customer cell: it belongs to the order line above it. */
export function isContinuation(outcome: RowDraft | Rejection): outcome is OrderDraft {
  return "kind" in outcome && outcome.kind === "orders" && !Object.values(outcome.identity).some((value) => value !== undefined);
}

const pinned = new WeakMap<RunContext, Promise<ErasedMarks>>();

/** Keeps out of a run whoever had been erased when it began; null where nobody had. The tombstones are read once by each worker. */
export async function keepOutOf(ports: Ports, context: RunContext): Promise<KeepOut | null> {
  if (!context.tombstones) return null;
  let erased = pinned.get(context);
  if (!erased) {
    const read = readJson<string[]>(ports, runKey(context.runId, "tombstones.json"));
    erased = read.then((hashes) => new ErasedMarks(hashes, ports.digest));
    erased.catch(() => pinned.delete(context));
    pinned.set(context, erased);
  }
  return new KeepOut(await erased, ports.digest);
}

/** Tells rows that name somebody who was erased; rows of one range, in order. */
export class KeepOut {
  readonly #erased: ErasedMarks;
  readonly #digest: Digest;
  /** The order that began with a row of an erased customer. */
  #order: string | null = null;

  constructor(erased: ErasedMarks, digest: Digest) {
    this.#erased = erased;
    this.#digest = digest;
  }

  /** To ask about a row that stands in no order. */
  ofOne(): KeepOut {
    return new KeepOut(this.#erased, this.#digest);
  }

  /**
   * Whether a row is to be turned away. An order stays an order when its buyer was erased: the buyer and the customer's name are taken out of
   * the draft. Where that name alone says whose order it is, the customer is the person, and the row is turned away.
   */
  namesErased(outcome: RowDraft | Rejection, cells: readonly string[]): boolean {
    const erased = this.#erased;
    if ("reason" in outcome) return erased.inCells(cells);
    if (outcome.kind === "suppressions")
      return outcome.entries.some((entry) => {
        const mark = entry.type === "email-hash" ? emailMark(entry.value) : companyMark(suppressionId(entry, this.#digest));
        return erased.any([mark]);
      });
    if (outcome.kind === "matches") {
      const { match } = outcome;
      const keys = match.relation === "alone" ? [match.company] : [match.company, match.other];
      return erased.any(keys.map((key) => companyMark(homeOfMatch(key, this.#digest).id)));
    }
    if (outcome.kind === "contacts" && (erased.inCells(cells) || erased.contact(outcome.contact.contactId))) return true;
    if (erased.company(outcome.identity)) return true;
    return outcome.kind === "orders" && this.#isErasedOrder(outcome, cells);
  }

  #isErasedOrder(draft: OrderDraft, cells: readonly string[]): boolean {
    const { identity, fields, order } = draft;
    if (isContinuation(draft)) return this.#order === order.orderId;
    this.#order = null;
    if (!(order.buyer !== undefined && this.#erased.contact(order.buyer)) && !this.#erased.inCells(cells)) return false;
    delete order.buyer;
    if (fields.nameFrom !== "customer") return false;
    const rank = keysOf(identity, this.#digest)?.home.rank ?? RANK.source;
    if (rank <= RANK.name) {
      this.#order = order.orderId;
      return true;
    }
    delete fields.name;
    delete fields.nameFrom;
    delete identity.name;
    return false;
  }
}
