import { connectionVariable } from "@bullseye/core/connector";
import { InputError } from "@bullseye/core/errors";
import { SANDBOX_PLATFORMS, type Sandbox, sandboxBanner, startSandbox } from "@bullseye/platform-sandbox";
import type { Command } from "../command.ts";
import { countOption } from "../number-options.ts";

const LAST_PORT = 65_535;

/** Resolves when somebody ends the command. */
function interrupted(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => done());
  });
}

/** The variables under which a home finds the secrets and settings of a platform, for copying into a shell. */
function variablesOf({ connections }: Sandbox): string[] {
  const lines: string[] = [];
  for (const [platform, { secrets, settings }] of Object.entries(connections))
    for (const [field, value] of Object.entries({ ...settings, ...secrets }))
      lines.push(`export ${connectionVariable(platform, field)}=${value}`);
  return lines;
}

async function start(platforms: readonly string[], port: number | undefined): Promise<Sandbox> {
  try {
    return await startSandbox({ platforms, ...(port === undefined ? {} : { port }) });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EADDRINUSE" && code !== "EACCES") throw error;
    throw new InputError(`port ${port} is taken`, {
      hint: "choose another --port, or leave it out to get a free one",
      cause: error,
    });
  }
}

export const sandboxCommand: Command = {
  name: "sandbox",
  summary: "runs ad platforms on this machine to try pushes on, until interrupted",
  usage: "sandbox [PLATFORM…] [--port N]",
  options: { port: { type: "string" } },
  homeOnly: "it runs on this machine alone; leave --stage out",
  describe: { port: "N     the port on loopback; a free one without it" },
  async run({ args, values, out }) {
    const known: readonly string[] = SANDBOX_PLATFORMS;
    const unknown = args.find((platform) => !known.includes(platform));
    if (unknown !== undefined)
      throw new InputError(`the sandbox has no platform ${unknown}`, { hint: `there are: ${known.join(", ")}` });
    const port = countOption(values, "port");
    if (port !== undefined && port > LAST_PORT)
      throw new InputError(`--port ${port} is no port`, { hint: `write 1 to ${LAST_PORT}` });
    const stop = interrupted();
    const sandbox = await start(args, port);
    try {
      const { text, ...banner } = sandboxBanner(sandbox);
      if (out.json) out.document({ url: sandbox.url, ...banner });
      else if (out.jsonl) out.line({ url: sandbox.url, ...banner });
      else {
        out.text(text);
        out.text();
        out.text("To push there, paste the lines above that begin with export, and these:");
        for (const line of variablesOf(sandbox)) out.text(line);
      }
      out.note("running; interrupt with Ctrl+C");
      await stop;
    } finally {
      await sandbox.close();
    }
    out.note(`${sandbox.state.requests.length} requests, ${sandbox.state.violations.length} of them should never have been sent`);
    return 0;
  },
};
