import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

/** Says which modules of packages/aws and of the SDK a command line loads. */
function loaded(...argv: string[]): { code: number | null; modules: string[] } {
  const main = new URL("./main.ts", import.meta.url).href;
  const script = `
    import { registerHooks } from "node:module";
    registerHooks({
      resolve(specifier, context, next) {
        const found = next(specifier, context);
        if (/@aws-sdk|packages[\\\\/]aws[\\\\/]/.test(found.url)) process.stderr.write("LOADED " + specifier + "\\n");
        return found;
      },
    });
    process.argv = [process.argv[0], "bullseye", ...${JSON.stringify(argv)}];
    await import(${JSON.stringify(main)});`;
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "--input-type=module", "-e", script],
    {
      encoding: "utf8",
      env: { ...process.env, AWS_REGION: "eu-central-1", AWS_ENDPOINT_URL: "http://127.0.0.1:9", AWS_MAX_ATTEMPTS: "1" },
    },
  );
  return { code: status, modules: stderr.split("\n").filter((line) => line.startsWith("LOADED")) };
}

test("commands of a home load no part of AWS", () => {
  for (const argv of [
    ["help"],
    ["inspect", "events/lists/accounts/crm-accounts.csv"],
    ["runs", "--home", "/nonexistent"],
    ["config", "diff"],
  ])
    expect([argv, loaded(...argv).modules]).toEqual([argv, []]);
});

test("commands of a stage do", () => {
  expect(loaded("runs", "--stage", "olive").modules).not.toEqual([]);
});
