export { readConfiguration, readMatching, writeExamples } from "./configuration.ts";
export { type DropOptions, type DropPlace, NOWHERE, type PreparedDrop, prepareDrop } from "./drop.ts";
export { Home, type HomeOptions, type RunOutcome } from "./home.ts";
export type { Surroundings } from "./ports.ts";
