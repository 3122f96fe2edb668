import type { Deal } from "../../account/facts.ts";
import type { Identity } from "../draft.ts";
import { currencyExponent, settleCurrency } from "../values/currency.ts";
import { withoutAddresses } from "../values/identifier.ts";
import { parseItems } from "../values/items.ts";
import type { CellReader, CompiledColumn } from "./cell-reader.ts";

type Columns = readonly CompiledColumn[];
type StageMeaning = "won" | "lost" | "open" | null;

const LOST =
  /(?:^|\P{L})(?:lost|loss|perdue?|perdid[oa]|verloren|perso|disqualified|dead|abandoned|declined|rejected)(?!\p{L})|closedlost/iu;
const WON = /(?:^|\P{L})(?:won|win|gewonnen|gagnée?|gagne|ganad[oa]|vinto|signed)(?!\p{L})|closedwon/iu;
const OPEN =
  /(?:^|\P{L})(?:open|new|prospecting|qualif\p{L}*|engaging|discovery|lead|proposal|negotiat\p{L}*|demo|evaluation|analysis|pipeline|offen|ouverte?|abiert[oa])(?!\p{L})/iu;
const NEGATED = /(?:^|\P{L})(?:not|nicht|non|no)\s+(?:won|gewonnen|gagn)/iu;
const MEMO_STAGES = 1024;

/** What a stage says about the outcome: `Closed Won`, `gewonnen` won, `Closed - Lost` lost, `Prospecting` open; null when it says nothing known. */
export function stageMeaning(stage: string): StageMeaning {
  const text = stage.replaceAll("_", " ");
  if (LOST.test(text) || NEGATED.test(text)) return "lost";
  if (WON.test(text)) return "won";
  return OPEN.test(text) ? "open" : null;
}

/** Reads the deal of a row. */
export class DealReader {
  readonly #reader: CellReader;
  readonly #hash: (text: string) => string;
  readonly #currency: string | undefined;
  readonly #columns: Readonly<Record<string, Columns>>;
  readonly #headerCurrency: string | undefined;
  readonly #stages = new Map<string, StageMeaning>();
  readonly #decided: Readonly<Record<string, "won" | "lost">> | undefined;

  constructor(columns: Columns, reader: CellReader, hash: (text: string) => string, currency: string | undefined) {
    this.#reader = reader;
    this.#hash = hash;
    this.#currency = currency;
    const names = "id name stage amount currency createdAt closedAt probability isWon isLost isClosed lostReason product roles";
    this.#columns = Object.fromEntries(
      names.split(" ").map((field) => [field, columns.filter((column) => column.field === `deal.${field}`)]),
    );
    this.#decided = this.#columns.stage![0]?.plan.stages;
    this.#headerCurrency = this.#columns.amount!.find((column) => column.plan.currency !== undefined)?.plan.currency;
  }

  /** The deal; one without an id gets an id from name, company and creation day, else from the whole row. */
  read(cells: readonly string[], identity: Identity): Deal {
    const reader = this.#reader;
    const columns = this.#columns;
    const written = reader.text(cells, columns.name!);
    const name = written === undefined ? undefined : withoutAddresses(written);
    const stage = reader.text(cells, columns.stage!);
    const createdAt = reader.date(cells, columns.createdAt!);
    const probability = reader.share(cells, columns.probability!);
    const product = reader.text(cells, columns.product!);
    const id = reader.identifier(cells, columns.id!) ?? this.#contentId(cells, identity, name, createdAt, product);
    const deal: Deal = { dealId: id, outcome: this.#outcome(cells, stage, probability) };
    if (name !== undefined) deal.name = name;
    if (stage !== undefined) deal.stage = stage;
    const code = reader.currency(cells, columns.currency!) ?? reader.moneySymbol(cells, columns.amount!) ?? this.#headerCurrency;
    const currency = settleCurrency(code, this.#currency);
    const amount = reader.minor(cells, columns.amount!, currencyExponent(currency));
    if (amount !== undefined) deal.amount = amount;
    if (currency !== undefined) deal.currency = currency;
    if (createdAt !== undefined) deal.createdAt = createdAt;
    const closedAt = reader.date(cells, columns.closedAt!);
    if (closedAt !== undefined) deal.closedAt = closedAt;
    if (probability !== undefined) deal.probability = probability;
    const lostReason = reader.text(cells, columns.lostReason!);
    if (lostReason !== undefined) deal.lostReason = lostReason;
    if (product !== undefined) deal.product = product;
    const roles = reader.text(cells, columns.roles!);
    if (roles !== undefined) deal.roles = parseItems(roles);
    return deal;
  }

  #contentId(
    cells: readonly string[],
    identity: Identity,
    name: string | undefined,
    createdAt: string | undefined,
    product: string | undefined,
  ): string {
    if (name === undefined || createdAt === undefined) return this.#hash(cells.join("\u001f"));
    const home = identity.sourceId ?? identity.domain ?? identity.name ?? "";
    return this.#hash(`deal|${home}|${name.toLowerCase()}|${createdAt}|${product ?? ""}`);
  }

  /** Flags say most, then the words of the stage, then closed without won, then a probability of 1 or 0. */
  #outcome(cells: readonly string[], stage: string | undefined, probability: number | undefined): Deal["outcome"] {
    const isWon = this.#reader.flag(cells, this.#columns.isWon!);
    if (isWon === true) return "won";
    if (this.#reader.flag(cells, this.#columns.isLost!) === true) return "lost";
    const meaning = stage === undefined ? null : this.#stageOf(stage);
    if (meaning === "lost" || (meaning === "won" && isWon !== false)) return meaning;
    const isClosed = this.#reader.flag(cells, this.#columns.isClosed!);
    if (isClosed === true && isWon === false) return "lost";
    if (isClosed === false || meaning === "open") return "open";
    if (probability === 1) return "won";
    return probability === 0 ? "lost" : "open";
  }

  #stageOf(stage: string): StageMeaning {
    let meaning = this.#stages.get(stage);
    if (meaning === undefined) {
      meaning = this.#decided?.[stage.toLowerCase()] ?? stageMeaning(stage);
      if (this.#stages.size < MEMO_STAGES) this.#stages.set(stage, meaning);
    }
    return meaning;
  }
}
