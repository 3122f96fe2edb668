import { unsuppressedWords } from "@bullseye/core/audiences/counts";
import type { PushRecord } from "@bullseye/core/audiences/delivery";
import { type AudienceListing, standingOf } from "@bullseye/core/queries/audiences";
import { many } from "@bullseye/core/report/wording";
import type { Output } from "./output.ts";
import type { PushPreview } from "./push-preview.ts";

/** Digits of a plan's hash that people copy. */
const DIGITS = 12;

/** The policy's own rule for lists without a source. */
const UNDECLARED = "undeclared-origin";

/** The audiences as a table, and under it what keeps members out or waits for somebody. `home`: the option that names the home, with a space before it. */
export function showAudiences(out: Output, audiences: readonly AudienceListing[], home = ""): void {
  if (audiences.length === 0) {
    out.text("No audiences are configured; they stand in config/audiences.yaml.");
    return;
  }
  out.table(
    ["audience", "platform", "mode", "wanted", "told", "add", "remove", "standing", "plan"],
    audiences.map((each) => [
      each.id,
      each.platform,
      each.mode,
      each.desired,
      each.told,
      each.add,
      each.remove,
      standingOf(each),
      each.hash?.slice(0, DIGITS) ?? null,
    ]),
  );
  for (const each of audiences) {
    const lines: string[] = [];
    for (const { n, reason, rule } of each.blocked) {
      lines.push(`${many(n, "account")} kept out: ${reason} (${rule})`);
      if (rule === UNDECLARED) lines.push(`declare the list: bullseye run FILE --source first-party${home}`);
    }
    const unsuppressed = unsuppressedWords(each);
    if (unsuppressed !== null) lines.push(unsuppressed);
    if (each.parkedReason !== undefined) lines.push(`held up: ${each.parkedReason}`);
    if (each.awaitingApproval) lines.push(`waits: ${each.approvalReasons.join("; ")}`);
    if (each.frozen) lines.push(`frozen; it goes on with: bullseye audiences unfreeze ${each.id}${home}`);
    else if (each.awaitingApproval) lines.push(`let it go: bullseye audiences approve ${each.hash?.slice(0, DIGITS)}${home}`);
    if (each.exported + each.withdrawn > 0)
      lines.push(`once uploaded: bullseye audiences confirm ${each.push?.pushId ?? "PUSH"}${home}`);
    for (const file of each.files) lines.push(file);
    if (lines.length === 0) continue;
    out.text();
    out.text(each.id);
    for (const line of lines) out.text(`  ${line}`);
  }
}

/** What would be sent, audience by audience, with the first changes. */
export function showPreview(out: Output, previews: readonly PushPreview[]): void {
  if (previews.length === 0) out.text("There is nothing to send.");
  for (const each of previews) {
    const how = each.mode === "file" ? "would be written to a file" : "would be sent";
    out.text(
      `${each.audience} (${each.platform}): ${each.add} to add, ${each.remove} to remove ${each.held === null ? how : `are held: ${each.held}`}`,
    );
    for (const { action, name, domain, account } of each.first)
      out.text(`  ${action === "add" ? "+" : "-"} ${name ?? account ?? ""}  ${domain ?? ""}`.trimEnd());
    const more = each.add + each.remove - each.first.length;
    if (more > 0) out.text(`  and ${more} more`);
  }
}

/** 1 where a push could not be delivered; says which and why on standard error. `byWorkers`: others deliver, and go on when this command ends. */
export function deliveryCode(
  pushes: readonly PushRecord[],
  audiences: readonly AudienceListing[],
  place: string,
  out: Output,
  byWorkers = false,
): number {
  const open = pushes.filter((push) => push.status !== "done" && push.status !== "superseded");
  for (const push of open) {
    const reason =
      push.reason ??
      audiences.find((each) => each.id === push.audience)?.parkedReason ??
      (byWorkers
        ? `the workers of the stage go on with it; bullseye audiences${place} shows how it stands`
        : `the platform put it off; bullseye audiences push${place} goes on`);
    out.note(
      `${push.audience} ${byWorkers && push.status === "queued" ? "is not delivered yet" : "was not delivered"}: ${reason}`,
    );
  }
  return open.length === 0 ? 0 : 1;
}
