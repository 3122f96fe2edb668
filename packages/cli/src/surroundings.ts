import { adConnector, createHttp } from "@bullseye/connectors";
import type { Surroundings } from "@bullseye/local";

/** What a home on a laptop needs from outside; a module of its own because every worker imports it by URL. */
export const surroundings: Surroundings = {
  adConnector,
  http: createHttp(),
  environment: (name) => process.env[name],
};
