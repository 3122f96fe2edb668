import type { AdConnector } from "@bullseye/core/connector";
import { NotFoundError } from "@bullseye/core/errors";
import { linkedin } from "./ads/linkedin/index.ts";

/** Every ad platform, one line each. */
export const AD_CONNECTORS: readonly AdConnector[] = [
  linkedin, // LinkedIn Matched Audiences
];

/** The connector of that id; throws `NotFoundError` naming those there are. */
export function adConnector(id: string): AdConnector {
  const found = AD_CONNECTORS.find((connector) => connector.id === id);
  if (found !== undefined) return found;
  throw new NotFoundError(`no ad platform is called "${id}"`, {
    hint: `there are: ${AD_CONNECTORS.map((connector) => connector.id).join(", ")}.`,
  });
}
