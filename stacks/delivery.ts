import { Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { addFunction, consumeQueue } from "./function.ts";
import { FUNCTIONS, pascalCase } from "./functions.ts";
import { addQueue } from "./queues.ts";
import { addSecret } from "./secrets.ts";
import type { StageProps } from "./stage.ts";

/** For each ad platform its queue, the worker that delivers, and the secret of the connection. */
export class DeliveryStack extends Stack {
  constructor(scope: Construct, id: string, props: StageProps) {
    super(scope, id, props);
    const { names, platforms } = props;
    for (const platform of platforms) {
      const { queue } = addQueue(this, props, names.pushQueue(platform.id), {
        workerSeconds: FUNCTIONS.deliver.timeoutSeconds,
      });
      const worker = addFunction(this, props, "deliver", platform.id);
      // A message is a whole part of a plan.
      consumeQueue(this, worker, queue.queueArn, { batchSize: 1, concurrency: platform.concurrency });
      addSecret(this, `${pascalCase(platform.id)}Secret`, props, {
        name: names.secret(platform.id),
        description: `Connection to ${platform.id}: the secret fields of its manifest as JSON`,
        // A person fills it in; a deploy leaves it alone as long as this line stays.
        secretString: "{}",
        neverRotated: "the platform renews its tokens itself, and the worker keeps what it was given",
      });
    }
  }
}
