import { setTimeout as delay } from "node:timers/promises";
import {
  CreateStateMachineAliasCommand,
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineAliasCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  type SFNClient,
  UpdateStateMachineAliasCommand,
  UpdateStateMachineCommand,
} from "@aws-sdk/client-sfn";
import type { DeclaredResource } from "./deployed-stacks.ts";
import type { Moto } from "./moto.ts";

/** What an execution came to. */
export interface Ended {
  status: string;
  input: Record<string, unknown>;
  /** States that were entered, in order, without those of iterations. */
  states: string[];
  seconds: number;
  error?: string | undefined;
  cause?: string | undefined;
}

/** The longest that one execution may take. */
const PATIENCE_MILLISECONDS = 240_000;

/**
 * The deployed state machine in moto's interpreter. moto keeps what CloudFormation made apart from what its interpreter runs, knows no
 * starts by alias, and cannot start an execution beside one that ran a Map (it copies the ended one, locks included); all three are made
 * good here, by the same API that a person would use.
 */
export class Interpreter {
  readonly #moto: Moto;
  readonly #sfn: SFNClient;
  readonly #arn: string;
  readonly #alias: string;
  /** The definitions published so far; version n is the n-th. */
  readonly #published: string[] = [];
  #role = "";
  /** How often the state machine was made anew so that moto could start another execution. */
  renewals = 0;

  /** `sfn` speaks to moto itself. */
  constructor(moto: Moto, sfn: SFNClient, stateMachineArn: string, alias: string) {
    this.#moto = moto;
    this.#sfn = sfn;
    this.#arn = stateMachineArn;
    this.#alias = alias;
  }

  get version(): number {
    return this.#published.length;
  }

  /** Takes over what was deployed; `versions` are the ARNs of function versions by logical id. Answers the number of its version. */
  async deploy(declared: readonly DeclaredResource[], versions: ReadonlyMap<string, string>): Promise<number> {
    await this.#moto.interpret(false);
    const deployed = await this.#sfn.send(new DescribeStateMachineCommand({ stateMachineArn: this.#arn }));
    await this.#moto.interpret(true);
    this.#role = deployed.roleArn ?? "";
    let definition = deployed.definition ?? "";
    for (const [logicalId, arn] of versions) definition = definition.replaceAll(`"${logicalId}"`, JSON.stringify(arn));
    if (definition === this.#published.at(-1)) return this.version;
    this.#published.push(definition);
    if (this.version === 1) await this.#create();
    else await this.#sfn.send(new UpdateStateMachineCommand({ stateMachineArn: this.#arn, definition, publish: true }));
    if (declared.some(({ type }) => type === "AWS::StepFunctions::StateMachineAlias")) await this.#point();
    return this.version;
  }

  /** What the proxy asks before a start reaches moto: an alias becomes the version that it points to. */
  async start(input: Record<string, unknown>): Promise<{ status: number; body: string } | null> {
    const asked = String(input.stateMachineArn);
    if (asked !== this.#arn && asked !== `${this.#arn}:${this.#alias}`) return null;
    if (asked !== this.#arn) {
      const { routingConfiguration = [] } = await this.#sfn.send(
        new DescribeStateMachineAliasCommand({ stateMachineAliasArn: asked }),
      );
      const version = routingConfiguration[0]?.stateMachineVersionArn ?? "";
      if (version !== `${this.#arn}:${this.version}`)
        throw new Error(`the alias points to ${version}, not to version ${this.version}`);
    }
    const first = await this.#call(input);
    if (first.status !== 500) return first;
    await this.#renew();
    return this.#call(input);
  }

  async #call(input: Record<string, unknown>): Promise<{ status: number; body: string }> {
    const region = this.#arn.split(":")[3];
    const answer = await fetch(this.#moto.url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": "AWSStepFunctions.StartExecution",
        authorization: `AWS4-HMAC-SHA256 Credential=rehearsal/20260101/${region}/states/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: JSON.stringify({ ...input, stateMachineArn: this.#arn }),
    });
    return { status: answer.status, body: await answer.text() };
  }

  /** Makes the state machine anew with all its versions; moto forgets the executions that ended. */
  async #renew(): Promise<void> {
    const { executions = [] } = await this.#sfn.send(new ListExecutionsCommand({ stateMachineArn: this.#arn }));
    const running = executions.find(({ status }) => status === "RUNNING");
    if (running) throw new Error(`moto cannot start an execution while ${running.name} runs`);
    this.renewals++;
    await this.#sfn.send(new DeleteStateMachineCommand({ stateMachineArn: this.#arn }));
    await this.#create();
    await this.#point();
  }

  async #create(): Promise<void> {
    const [first = "", ...later] = this.#published;
    const name = this.#arn.split(":").at(-1);
    await this.#sfn.send(new CreateStateMachineCommand({ name, definition: first, roleArn: this.#role, publish: true }));
    for (const definition of later)
      await this.#sfn.send(new UpdateStateMachineCommand({ stateMachineArn: this.#arn, definition, publish: true }));
  }

  async #point(): Promise<void> {
    const routingConfiguration = [{ stateMachineVersionArn: `${this.#arn}:${this.version}`, weight: 100 }];
    const stateMachineAliasArn = `${this.#arn}:${this.#alias}`;
    try {
      await this.#sfn.send(new UpdateStateMachineAliasCommand({ stateMachineAliasArn, routingConfiguration }));
    } catch {
      await this.#sfn.send(new CreateStateMachineAliasCommand({ name: this.#alias, routingConfiguration }));
    }
  }

  /** The names of the executions that moto knows. */
  async executions(): Promise<string[]> {
    const { executions = [] } = await this.#sfn.send(new ListExecutionsCommand({ stateMachineArn: this.#arn }));
    return executions.map(({ name }) => name ?? "");
  }

  /** Waits for an execution to end. */
  async end(name: string): Promise<Ended> {
    const executionArn = `${this.#arn.replace(":stateMachine:", ":execution:")}:${name}`;
    const began = performance.now();
    for (;;) {
      const { status, input, error, cause } = await this.#sfn.send(new DescribeExecutionCommand({ executionArn }));
      if (status !== "RUNNING") {
        const { events = [] } = await this.#sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
        const states = events.flatMap((event) => event.stateEnteredEventDetails?.name ?? []);
        const seconds = (performance.now() - began) / 1000;
        return {
          status: status ?? "",
          input: JSON.parse(input ?? "{}") as Record<string, unknown>,
          states,
          seconds,
          error,
          cause,
        };
      }
      if (performance.now() - began > PATIENCE_MILLISECONDS) throw new Error(`the execution ${name} did not end`);
      await delay(200);
    }
  }

  /** Takes the interpreter's copy away, after CloudFormation has removed its own. */
  async remove(): Promise<void> {
    this.#published.length = 0;
    await this.#moto.interpret(true);
    await this.#sfn.send(new DeleteStateMachineCommand({ stateMachineArn: this.#arn }));
    await this.#moto.interpret(false);
  }
}
