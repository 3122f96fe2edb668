import { runShard } from "./shards.ts";

/** A process of its own for some seeds; tells a line of JSON about each. `node shard.ts FROM SEEDS` */
const [from, seeds] = process.argv.slice(2).map(Number) as [number, number];
await runShard(from, seeds, (line) => void process.stdout.write(`${JSON.stringify(line)}\n`));
