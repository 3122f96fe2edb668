import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import { type OperatorClients, openClients } from "@bullseye/aws/stage/clients";
import { type StageNames, stageNames } from "@bullseye/aws/stage/names";
import { type Sandbox, startSandbox } from "@bullseye/platform-sandbox";
import { assetBucket, bootstrap } from "./bootstrap.ts";
import { makeCheckout } from "./checkout.ts";
import type { Cleanup } from "./cleanup.ts";
import { DeployedCode } from "./deployed-code.ts";
import { type DeclaredResource, type DeployedPlace, declaredResources } from "./deployed-stacks.ts";
import { FunctionRuntime, lambdaEnvironment } from "./function-runtime.ts";
import { Interpreter } from "./interpreter.ts";
import { freePort, type Moto, startMoto } from "./moto.ts";
import { startProxy } from "./proxy.ts";
import { mappingsOf, QueuePoller } from "./queue-poller.ts";
import { sst } from "./sst.ts";
import { finishBuckets, makeSecrets, notMade, publishVersions, stopPollers } from "./stand-ins.ts";

/** moto's account. */
const PLACE: DeployedPlace = { account: "123456789012", region: "eu-central-1" };
export const STAGE = "rehearsal";

/** What everybody in a rehearsal signs with. */
const CREDENTIALS = { AWS_ACCESS_KEY_ID: "rehearsal", AWS_SECRET_ACCESS_KEY: "rehearsal" };

/** An account without AWS: moto, the proxy before it that runs functions, a checkout to deploy from, and the platforms to deliver to. */
export interface World {
  readonly place: DeployedPlace;
  readonly names: StageNames;
  readonly folder: string;
  readonly checkout: string;
  readonly moto: Moto;
  /** The SDK's variables: where AWS is for everybody. */
  readonly environment: Readonly<Record<string, string>>;
  readonly runtime: FunctionRuntime;
  readonly interpreter: Interpreter;
  readonly clients: OperatorClients;
  readonly sandbox: Sandbox;
  readonly cleanup: Cleanup;
}

/** What a deploy came to. */
export interface Deployed {
  declared: DeclaredResource[];
  /** What moto does not do by itself and what was done about it, in words. */
  notes: string[];
  stateMachineVersion: number;
}

/** Starts everything; `cleanup` learns how to end each part as it starts. Sets the SDK's variables of this process. */
export async function startWorld(motoCommand: string, cleanup: Cleanup): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), "bullseye-rehearsal-"));
  cleanup.add(() => rmSync(folder, { recursive: true, force: true }));
  const [motoPort, proxyPort] = [await freePort(), await freePort()];
  const moto = await startMoto(motoCommand, motoPort, proxyPort, join(folder, "moto.log"));
  cleanup.add(() => moto.close());

  const endpoint = `http://127.0.0.1:${proxyPort}`;
  const environment = { ...CREDENTIALS, AWS_REGION: PLACE.region, AWS_DEFAULT_REGION: PLACE.region, AWS_ENDPOINT_URL: endpoint };
  Object.assign(process.env, environment);
  const names = stageNames({ stage: STAGE, ...PLACE, partition: "aws" });
  const clients = openClients(PLACE.region);
  cleanup.add(() => clients.close());
  const sandbox = await startSandbox({ options: { notReadyMs: 0 } });
  cleanup.add(() => sandbox.close());

  const direct = { region: PLACE.region, endpoint: moto.url };
  const s3 = new S3Client({ ...direct, forcePathStyle: true });
  const code = new DeployedCode(new LambdaClient(direct), s3, assetBucket(PLACE), join(folder, "functions"));
  const runtime = new FunctionRuntime(code, (deployed) => ({
    ...atHome(deployed.environment, endpoint),
    ...sandbox.bases,
    ...lambdaEnvironment(deployed, PLACE.region, endpoint),
  }));
  cleanup.add(() => runtime.forget());
  const alias = names.stateMachineAliasArn.slice(names.stateMachineArn.length + 1);
  const interpreter = new Interpreter(moto, new SFNClient(direct), names.stateMachineArn, alias);
  const proxy = await startProxy(proxyPort, moto.url, runtime, (input) => interpreter.start(input));
  cleanup.add(() => proxy.close());

  await bootstrap(clients.cloudFormation, PLACE);
  const checkout = join(folder, "checkout");
  makeCheckout(checkout);
  return { place: PLACE, names, folder, checkout, moto, environment, runtime, interpreter, clients, sandbox, cleanup };
}

/** The environment of a function as deployed; queue URLs name AWS's host, which is the proxy here. */
function atHome(environment: Readonly<Record<string, string>>, endpoint: string): Record<string, string> {
  const host = `https://sqs.${PLACE.region}.amazonaws.com`;
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, value.replace(host, endpoint)]));
}

const sstSettings = ({ checkout, environment, folder, cleanup }: World) => ({
  folder: checkout,
  environment,
  logFile: join(folder, "sst.log"),
  onCleanup: (end: () => Promise<void>) => cleanup.add(end),
});

/** Deploys the checkout with SST, and makes good by the API what moto's CloudFormation does not do. */
export async function deploy(world: World): Promise<Deployed> {
  await world.moto.interpret(false);
  await sst("deploy", STAGE, sstSettings(world));
  await world.runtime.forget();
  const declared = await declaredResources(world.clients.cloudFormation, `bullseye-${STAGE}-`, world.place);
  const notes = notMade(declared);
  const buckets = await finishBuckets(world.clients, declared);
  notes.push(`moto passes over versions and events of buckets: set by the rehearsal, as the template says (${buckets.length})`);
  const secrets = await makeSecrets(world.clients, declared);
  if (secrets.length > 0) notes.push(`secrets made: ${secrets.join(", ")}`);
  const { arns, again } = await publishVersions(world.clients, declared);
  if (arns.size > 0)
    notes.push(`moto forgets the ARNs of function versions: ${arns.size} put into the state machine by the rehearsal`);
  if (again > 0) notes.push(`moto publishes a version before it takes new code: ${again} published again by the rehearsal`);
  const pollers = await stopPollers(world.clients);
  notes.push(`moto's pollers would start Docker: ${pollers} switched off, the rehearsal polls in their place`);
  const stateMachineVersion = await world.interpreter.deploy(declared, arns);
  notes.push("moto's CloudFormation and its interpreter keep state machines apart: the deployed definition was handed over");
  return { declared, notes, stateMachineVersion };
}

export const removeWithSst = (world: World): Promise<void> => sst("remove", STAGE, sstSettings(world));

/** The poller of a deployed queue; `short` is its name without the stage's prefix. */
export function pollerOf({ moto, place, names, runtime }: World, { declared }: Deployed, short: string): QueuePoller {
  const arn = `arn:aws:sqs:${place.region}:${place.account}:${names.queuePrefix}${short}`;
  const mapping = mappingsOf(declared).find(({ queueArn }) => queueArn === arn);
  if (!mapping) throw new Error(`no function is deployed for the queue ${short}`);
  return new QueuePoller(new SQSClient({ region: place.region, endpoint: moto.url }), runtime, place, mapping);
}
