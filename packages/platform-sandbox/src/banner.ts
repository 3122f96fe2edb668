import { FAULTS } from "./faults.ts";
import type { Sandbox } from "./sandbox.ts";

/** What a person who starts the sandbox reads, and the same as data. */
export interface SandboxBanner {
  readonly title: string;
  /** Variables to set so that connectors come here. */
  readonly environment: Readonly<Record<string, string>>;
  readonly connections: Sandbox["connections"];
  /** Address -> what is shown there. */
  readonly inspect: Readonly<Record<string, string>>;
  /** Fault -> what it does. */
  readonly faults: Readonly<Record<string, string>>;
  /** All of it as lines for a terminal. */
  readonly text: string;
}

/** Describes a running sandbox. */
export function sandboxBanner(sandbox: Sandbox): SandboxBanner {
  const title = `Ad-platform sandbox at ${sandbox.url} (loopback only, dummy accounts)`;
  const inspect: Record<string, string> = {};
  for (const id of Object.keys(sandbox.connections))
    inspect[`${sandbox.url}/_sandbox/${id}/segments`] = `members by segment at ${id}`;
  inspect[`${sandbox.url}/_sandbox/requests`] = "requests so far, without headers and bodies";
  inspect[`${sandbox.url}/_sandbox/violations`] = "what should never have been sent";
  const lines = [title, ""];
  for (const [name, value] of Object.entries(sandbox.bases)) lines.push(`export ${name}=${value}`);
  for (const [id, { secrets, settings }] of Object.entries(sandbox.connections)) {
    lines.push("", `${id}:`);
    for (const [name, value] of Object.entries({ ...settings, ...secrets })) lines.push(`  ${name}: ${value}`);
  }
  lines.push("", "Look:");
  for (const [address, what] of Object.entries(inspect)) lines.push(`  ${address}  ${what}`);
  lines.push(
    "",
    "Misbehave:",
    `  curl -d '{"platform":"linkedin","fault":"drop-after-commit","times":1}' ${sandbox.url}/_sandbox/faults`,
  );
  for (const [fault, what] of Object.entries(FAULTS)) lines.push(`  ${fault.padEnd(22)} ${what}`);
  return { title, environment: sandbox.bases, connections: sandbox.connections, inspect, faults: FAULTS, text: lines.join("\n") };
}
