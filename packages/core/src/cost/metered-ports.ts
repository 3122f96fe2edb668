import type { Batches, EventBus, Leases, LineCodec, ObjectStore, Ports, PublishedEvent, Queue } from "../ports.ts";
import type { Meter } from "./meter.ts";
import { MeteredAccounts } from "./metered-accounts.ts";
import { MeteredAudiences, MeteredRuns } from "./metered-records.ts";

/** Bytes of one request: what is larger goes up and comes down in parts of this size, as in `packages/aws/src/objects`. */
export const PART_BYTES = 8 * 1024 * 1024;

/** What one LIST answers and one DeleteObjects takes: "ListObjectsV2" and "DeleteObjects" (Amazon S3 API Reference). */
const KEYS_AT_A_TIME = 1000;

/** Messages that one SendMessageBatch takes and events that one PutEvents takes. */
const ENTRIES_AT_A_TIME = 10;

/** SQS and EventBridge charge begun chunks of this size: "Amazon SQS pricing", "Amazon EventBridge pricing". */
const CHUNK_BYTES = 64 * 1024;

const chunks = (text: string): number => Math.max(1, Math.ceil(Buffer.byteLength(text) / CHUNK_BYTES));

/**
 * The same ports, counting what the ports on AWS would be charged for the same calls. Works on whatever the ports are when they are called.
 * Make one for each thread: operations keep what they read by the ports that they are given.
 */
export function meteredPorts(ports: Ports, meter: Meter): Ports {
  return {
    ...ports,
    objects: new MeteredObjects(ports, meter),
    batches: new MeteredBatches(ports, meter),
    accounts: new MeteredAccounts(ports, meter),
    runs: new MeteredRuns(ports, meter),
    audiences: new MeteredAudiences(ports, meter),
    queue: new MeteredQueue(ports, meter),
    leases: new MeteredLeases(ports, meter),
    events: new MeteredEvents(ports, meter),
  };
}

class MeteredObjects implements ObjectStore {
  readonly #ports: Ports;
  readonly #meter: Meter;

  constructor(ports: Ports, meter: Meter) {
    this.#ports = ports;
    this.#meter = meter;
  }

  async get(key: string): Promise<Uint8Array> {
    const bytes = await this.#ports.objects.get(key);
    this.#meter.count("s3.get", getRequests(bytes.byteLength));
    return bytes;
  }

  async range(key: string, start: number, end: number): Promise<Uint8Array> {
    const bytes = await this.#ports.objects.range(key, start, end);
    this.#meter.count("s3.get", getRequests(bytes.byteLength));
    return bytes;
  }

  put(key: string, body: Uint8Array | string): Promise<void> {
    this.#meter.count("s3.put", putRequests(typeof body === "string" ? body.length : body.byteLength));
    return this.#ports.objects.put(key, body);
  }

  size(key: string): Promise<number | null> {
    this.#meter.count("s3.get");
    return this.#ports.objects.size(key);
  }

  /** On AWS a version is part of the key. */
  pinned(key: string, versionId: string): Promise<string> {
    return this.#ports.objects.pinned(key, versionId);
  }

  async list(prefix: string): Promise<string[]> {
    const keys = await this.#ports.objects.list(prefix);
    this.#meter.count("s3.list", listRequests(keys.length));
    return keys;
  }

  /** What is listed is charged; DELETE is free. */
  async remove(prefix: string): Promise<void> {
    this.#meter.count("s3.list", listRequests((await this.#ports.objects.list(prefix)).length));
    return this.#ports.objects.remove(prefix);
  }
}

/** Requests that bring so many bytes. */
export const getRequests = (bytes: number): number => Math.max(1, Math.ceil(bytes / PART_BYTES));

/** Requests that carry an object of a size up: one, or the parts and what opens and completes them. */
export function putRequests(bytes: number): number {
  return bytes <= PART_BYTES ? 1 : Math.ceil(bytes / PART_BYTES) + 2;
}

function listRequests(keys: number): number {
  return Math.max(1, Math.ceil(keys / KEYS_AT_A_TIME));
}

/** On AWS every batch is an object. */
class MeteredBatches implements Batches {
  readonly #ports: Ports;
  readonly #meter: Meter;

  constructor(ports: Ports, meter: Meter) {
    this.#ports = ports;
    this.#meter = meter;
  }

  hand<T>(key: string, value: T, codec: LineCodec<T>): Promise<void> {
    this.#meter.count("s3.put");
    return this.#ports.batches.hand(key, value, codec);
  }

  take<T>(key: string, codec: LineCodec<T>): Promise<T> {
    this.#meter.count("s3.get");
    return this.#ports.batches.take(key, codec);
  }

  keep(key: string, lines: string[], live: unknown): Promise<void> {
    this.#meter.count("s3.put");
    return this.#ports.batches.keep(key, lines, live);
  }

  find<T>(key: string): Promise<{ live: T } | { lines: string[] }> {
    this.#meter.count("s3.get");
    return this.#ports.batches.find(key);
  }
}

class MeteredQueue implements Queue {
  readonly #ports: Ports;
  readonly #meter: Meter;

  constructor(ports: Ports, meter: Meter) {
    this.#ports = ports;
    this.#meter = meter;
  }

  send(queue: string, messages: ReadonlyArray<{ id: string; body: unknown }>, delaySeconds?: number): Promise<void> {
    for (let at = 0; at < messages.length; at += ENTRIES_AT_A_TIME)
      this.#meter.count("sqs.request", chunks(JSON.stringify(messages.slice(at, at + ENTRIES_AT_A_TIME))));
    return this.#ports.queue.send(queue, messages, delaySeconds);
  }

  receive(queue: string, max: number): ReturnType<Queue["receive"]> {
    this.#meter.count("sqs.request");
    return this.#ports.queue.receive(queue, max);
  }

  done(queue: string, receipt: string): Promise<void> {
    this.#meter.count("sqs.request");
    return this.#ports.queue.done(queue, receipt);
  }

  /** Sent again with its delay, and the old one deleted. */
  defer(queue: string, receipt: string, delaySeconds: number): Promise<void> {
    this.#meter.count("sqs.request", 2);
    return this.#ports.queue.defer(queue, receipt, delaySeconds);
  }

  depth(queue: string): Promise<number> {
    this.#meter.count("sqs.request");
    return this.#ports.queue.depth(queue);
  }
}

/** One small item that is read, and written under a condition. */
class MeteredLeases implements Leases {
  readonly #ports: Ports;
  readonly #meter: Meter;

  constructor(ports: Ports, meter: Meter) {
    this.#ports = ports;
    this.#meter = meter;
  }

  take(name: string, holder: string, seconds: number, order?: string): Promise<number | null> {
    this.#meter.count("dynamodb.read");
    this.#meter.count("dynamodb.write");
    return this.#ports.leases.take(name, holder, seconds, order);
  }

  release(name: string, holder: string): Promise<void> {
    this.#meter.count("dynamodb.read");
    this.#meter.count("dynamodb.write");
    return this.#ports.leases.release(name, holder);
  }
}

class MeteredEvents implements EventBus {
  readonly #ports: Ports;
  readonly #meter: Meter;

  constructor(ports: Ports, meter: Meter) {
    this.#ports = ports;
    this.#meter = meter;
  }

  publish(events: readonly PublishedEvent[]): Promise<void> {
    for (const { detail } of events) this.#meter.count("eventBridge.event", chunks(JSON.stringify(detail)));
    return this.#ports.events.publish(events);
  }
}
