export { environment, readEnvironment, type StageEnvironment } from "./environment.ts";
export { EventBridgeBus } from "./events.ts";
export { S3Objects } from "./objects/s3-objects.ts";
export { type AwsPorts, type AwsSurroundings, openPorts } from "./ports.ts";
export { SqsQueue } from "./queue.ts";
export { StageSecrets } from "./secrets.ts";
