import type { Command } from "../command.ts";

/** A command by name, loaded only when it is called, so that starting stays quick. */
export interface CommandEntry {
  name: string;
  load(): Promise<Command>;
}

/** Every command, one line each, in the order of `bullseye help`. */
export const COMMANDS: readonly CommandEntry[] = [
  { name: "init", load: async () => (await import("./init.ts")).initCommand },
  { name: "inspect", load: async () => (await import("./inspect.ts")).inspectCommand },
  { name: "quote", load: async () => (await import("./quote.ts")).quoteCommand },
  { name: "run", load: async () => (await import("./run.ts")).runCommand },
  { name: "refresh", load: async () => (await import("./refresh.ts")).refreshCommand },
  { name: "watch", load: async () => (await import("./watch.ts")).watchCommand },
  { name: "runs", load: async () => (await import("./runs.ts")).runsCommand },
  { name: "lists", load: async () => (await import("./lists.ts")).listsCommand },
  { name: "trace", load: async () => (await import("./trace.ts")).traceCommand },
  { name: "reconcile", load: async () => (await import("./reconcile.ts")).reconcileCommand },
  { name: "accounts", load: async () => (await import("./accounts.ts")).accountsCommand },
  { name: "contacts", load: async () => (await import("./contacts.ts")).contactsCommand },
  { name: "export", load: async () => (await import("./export.ts")).exportCommand },
  { name: "erase", load: async () => (await import("./erase.ts")).eraseCommand },
  { name: "export-person", load: async () => (await import("./export-person.ts")).exportPersonCommand },
  { name: "resolve", load: async () => (await import("./resolve.ts")).resolveCommand },
  { name: "review", load: async () => (await import("./review.ts")).reviewCommand },
  { name: "merge", load: async () => (await import("./merge.ts")).mergeCommand },
  { name: "unmerge", load: async () => (await import("./unmerge.ts")).unmergeCommand },
  { name: "explain", load: async () => (await import("./explain.ts")).explainCommand },
  { name: "icp", load: async () => (await import("./icp.ts")).icpCommand },
  { name: "audiences", load: async () => (await import("./audiences.ts")).audiencesCommand },
  { name: "config", load: async () => (await import("./config.ts")).configCommand },
  { name: "dead-letters", load: async () => (await import("./dead-letters.ts")).deadLettersCommand },
  { name: "stage", load: async () => (await import("./stage.ts")).stageCommand },
  { name: "sandbox", load: async () => (await import("./sandbox.ts")).sandboxCommand },
  { name: "doctor", load: async () => (await import("./doctor.ts")).doctorCommand },
];
