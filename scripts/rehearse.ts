// Deploys a stage, runs it, changes it and removes it again without an AWS account. Run by `npm run rehearse`.
import { Cleanup } from "../test/rehearsal/cleanup.ts";
import { findMoto } from "../test/rehearsal/moto.ts";
import { Scenario } from "../test/rehearsal/scenario.ts";
import { StepLog } from "../test/rehearsal/step-log.ts";

const log = new StepLog((line) => console.log(line));
const cleanup = new Cleanup();
// Whoever is impatient sends it twice; what was started has to end all the same.
for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const)
  process.on(signal, () => {
    console.log(`rehearse: stopped by ${signal}`);
    void cleanup.run().then(() => process.exit(code));
  });

const moto = findMoto();
if (moto === null) {
  log.skip("rehearse a deploy", "moto_server is missing; pip install 'moto[server,all]==5.2.1' brings it");
  console.log("rehearse: skipped");
} else {
  try {
    await new Scenario(log, cleanup, moto).run();
  } catch {
    process.exitCode = 1;
  } finally {
    await cleanup.run();
  }
  const counts = `${log.ok} steps ok, ${log.failed} failed, ${log.skipped} skipped, in ${log.seconds.toFixed(0)} s`;
  console.log(`rehearse: ${process.exitCode === 1 ? "FAILED" : "done"}, ${counts}`);
}
