import { createInterface } from "node:readline/promises";
import type { Command } from "./command.ts";
import { runCli } from "./run-cli.ts";
import type { TerminalOutput } from "./terminal-output.ts";

const { stdout, stderr } = process;

/** As a shell says of a process that was killed. */
const KILLED = 137;

// The launcher was killed without a word: no process outlives the command.
if (process.channel) {
  process.on("disconnect", () => process.exit(KILLED));
  process.channel.unref();
}

/** Whoever reads has closed the pipe (`bullseye accounts | head`): there is nobody left to tell anything. A full disk is told where it can be. */
for (const stream of [stdout, stderr]) {
  stream.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    if (code === "EPIPE") process.exit(0);
    if (stream === stdout)
      stderr.write(`standard output cannot be written (${message}); send it to a place with room\n`, () => process.exit(1));
    else process.exit(1);
  });
}

/** Pipes are written in the background; resolves when all is out, or can go nowhere. */
const flushed = (stream: NodeJS.WriteStream): Promise<void> => new Promise((done) => stream.write("", () => done()));

/** Asks on standard error, so that standard output stays what the command answers. */
async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}

let running: { command: Command; out: TerminalOutput; stage: string | null } | null = null;

/** What becomes of the work when somebody interrupts it. */
function interruption(): string {
  if (running?.command.resumable !== true) return "interrupted\n";
  return running.stage === null
    ? "interrupted; the same command continues the run\n"
    : `interrupted; what has begun goes on in the stage: bullseye runs --stage ${running.stage} shows it\n`;
}

process.on("SIGINT", () => {
  // A command that ends by itself when it is interrupted (watch, sandbox) listens too.
  if (process.listenerCount("SIGINT") > 1) return;
  running?.out.progress("", 0, 0);
  stderr.write(interruption(), () => process.exit(130));
});

const code = await runCli(process.argv.slice(2), {
  terminal: {
    out: (text) => stdout.write(text),
    err: (text) => stderr.write(text),
    flushed: () => flushed(stdout),
    colours: stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== "dumb",
    progressColumns: stderr.isTTY === true && process.env.TERM !== "dumb" ? (stderr.columns ?? 80) : null,
    now: () => performance.now(),
    ...(process.stdin.isTTY && stderr.isTTY ? { ask } : {}),
  },
  cwd: process.cwd(),
  debug: Boolean(process.env.BULLSEYE_DEBUG),
  onCommand: (command, out, stage) => {
    running = { command, out, stage };
  },
});

// All of it first, then the end, whatever is still open.
await Promise.all([stdout, stderr].map(flushed));
process.exit(code);
