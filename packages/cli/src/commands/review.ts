import { InputError, NotFoundError } from "@bullseye/core/errors";
import { proposed, standingDecisions } from "@bullseye/core/operations/match-companies/decide";
import { type Decision, decisionId, decisionOf } from "@bullseye/core/operations/match-companies/decisions";
import { currentMatching, type ReviewCompany, type ReviewPair } from "@bullseye/core/operations/match-companies/state";
import type { Digest, Ports } from "@bullseye/core/ports";
import { many, percent } from "@bullseye/core/report/wording";
import { verbOf } from "../arguments.ts";
import type { Command, CommandContext } from "../command.ts";
import { carryOut, decisionDocument } from "../decide.ts";
import type { Output } from "../output.ts";
import { placeOption, runDocument, showRun } from "../run-result.ts";
import type { Workplace } from "../workplace.ts";

/** Pairs that people are shown at once. */
const SHOWN = 25;

/** By what a pair is named: the id that its decision "same" would have. */
const pairId = (pair: ReviewPair, digest: Digest): string => decisionId(sameOf(pair, digest), digest);

function sameOf({ low, high }: ReviewPair, digest: Digest): Decision {
  return decisionOf("same", low as Decision["low"], high as Decision["high"], digest);
}

const nameOf = ({ name, domain, place }: ReviewCompany): string =>
  [name, domain, place].filter((each) => each !== null).join(", ");

export const reviewCommand: Command = {
  name: "review",
  summary: "companies that may be one: shows them, and takes your answers",
  usage: "review\nreview same PAIR…\nreview different PAIR…\nreview ask",
  options: {},
  async run(context) {
    const { verb, args } = verbOf("review", context.args, ["list", "same", "different", "ask"]);
    const place = await context.workplace();
    const open = await openPairs(place.ports);
    if (verb === "list") return list(open, await currentMatching(place.ports), place.ports, context);
    if (verb === "ask") return ask(open.pairs, place, context);
    if (args.length === 0)
      throw new InputError(`review ${verb} needs a pair`, { hint: "bullseye review lists them with their ids" });
    const pairs = args.map((id) => pairCalled(id, open.pairs, place.ports.digest));
    return answer(
      pairs.map((pair) => decisionFor(pair, verb as "same" | "different", place.ports.digest)),
      place,
      context,
    );
  },
};

/** Pairs that nobody decided about since names were compared. */
async function openPairs(ports: Ports): Promise<{ pairs: ReviewPair[]; more: number }> {
  const matching = await currentMatching(ports);
  const decided = new Set((await standingDecisions(ports)).map(({ low, high }) => `${low.id} ${high.id}`));
  const pairs = (matching?.review ?? []).filter(({ low, high }) => !decided.has(`${low.id} ${high.id}`));
  return { pairs, more: matching?.more ?? 0 };
}

function pairCalled(id: string, pairs: readonly ReviewPair[], digest: Digest): ReviewPair {
  const found = pairs.filter((pair) => pairId(pair, digest).startsWith(id.toLowerCase()));
  if (found.length === 1) return found[0]!;
  throw new NotFoundError(found.length === 0 ? `no pair to review is called "${id}"` : `"${id}" means ${found.length} pairs`, {
    hint: "bullseye review lists them with their ids",
  });
}

function decisionFor(pair: ReviewPair, relation: "same" | "different", digest: Digest): Decision {
  return { ...sameOf(pair, digest), relation };
}

function list(
  { pairs, more }: { pairs: ReviewPair[]; more: number },
  matching: Awaited<ReturnType<typeof currentMatching>>,
  { digest }: Ports,
  context: CommandContext,
): number {
  const { out } = context;
  const documents = pairs.map((pair) => ({ id: pairId(pair, digest), ...pair }));
  if (out.json) out.document({ pairs: documents, more, joined: matching?.edges.length ?? 0, notCompared: matching?.put ?? null });
  else if (out.jsonl) for (const each of documents) out.line(each);
  if (matching?.put) out.note(matching.put);
  if (pairs.length === 0) {
    out.text("There is nothing to review: no two companies look alike that nobody decided about.");
    return 0;
  }
  out.text(
    `${many(pairs.length + more, "pair")} of companies may be one and ${pairs.length + more === 1 ? "stays" : "stay"} two until you decide:`,
  );
  out.table(
    ["pair", "sure", "company", "and", "because"],
    documents
      .slice(0, SHOWN)
      .map(({ id, confidence, low, high, reasons }) => [
        id,
        percent(confidence, 1),
        nameOf(low),
        nameOf(high),
        reasons.slice(0, 2).join("; "),
      ]),
  );
  if (documents.length + more > SHOWN)
    out.note(`${documents.length + more - SHOWN} more; --jsonl prints ${more > 0 ? `the first ${documents.length}` : "all"}`);
  const option = placeOption(context);
  out.text(
    `Decide: bullseye review same PAIR…${option}, bullseye review different PAIR…${option}, or one after the other with bullseye review ask${option}`,
  );
  return 0;
}

async function ask(pairs: readonly ReviewPair[], place: Workplace, context: CommandContext): Promise<number> {
  if (!context.ask)
    throw new InputError("nobody can be asked here", {
      hint: "answer with bullseye review same PAIR… or review different PAIR…",
    });
  const { digest } = place.ports;
  const decisions: Decision[] = [];
  for (const [at, pair] of pairs.entries()) {
    context.out.text();
    context.out.text(`${at + 1} of ${pairs.length}: ${nameOf(pair.low)}  –  ${nameOf(pair.high)}`);
    context.out.text(`  ${percent(pair.confidence, 1)} sure: ${pair.reasons.join("; ")}`);
    const said = (await context.ask("same, different, later or quit? [s/d/l/q] ")).trim().toLowerCase();
    if (said.startsWith("q")) break;
    if (said.startsWith("s")) decisions.push(decisionFor(pair, "same", digest));
    else if (said.startsWith("d")) decisions.push(decisionFor(pair, "different", digest));
  }
  if (decisions.length > 0) return answer(decisions, place, context);
  context.out.text("Nothing was decided.");
  return 0;
}

/** Carries out answers in one run. */
async function answer(decisions: readonly Decision[], place: Workplace, context: CommandContext): Promise<number> {
  const { out } = context;
  let standing = await standingDecisions(place.ports);
  for (const decision of decisions) standing = proposed(standing, decision, place.ports.digest);
  context.progress?.begin("your answers", place);
  const outcome = await carryOut(place, standing);
  context.progress?.end();
  await told(decisions, outcome, place, out);
  return 0;
}

async function told(
  decisions: readonly Decision[],
  outcome: Awaited<ReturnType<typeof carryOut>>,
  place: Workplace,
  out: Output,
): Promise<void> {
  const locate = (key: string): string => place.locate(key);
  const documents = await Promise.all(decisions.map((each) => decisionDocument(place.ports, each)));
  if (out.json) out.document({ decisions: documents, run: runDocument(outcome, locate) });
  else if (out.jsonl) for (const each of documents) out.line(each);
  out.text(
    `${many(decisions.length, "answer")} noted; bullseye unmerge takes one back: ${documents.map(({ id }) => id).join(", ")}`,
  );
  out.text();
  showRun(outcome, out, true, locate);
}
