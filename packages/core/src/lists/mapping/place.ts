import { countryCode } from "../../firmographics/country.ts";
import { stateCode } from "../../firmographics/state.ts";

/** What a place cell says; absent parts are absent. */
export interface Place {
  city?: string;
  state?: string;
  country?: string;
}

/** A state code of that country, else the text as written. */
export function readState(text: string, country: string | undefined): string {
  return stateCode(text, country) ?? text;
}

/**
 * `bombay, maharashtra, india`, `Saint Paul, Minnesota`, `Berlin, Germany`, `United States`, `Austin, TX 78701, USA`. Of two parts the
 * second is a state of the United States before it is a country (`Atlanta, Georgia`) unless `country` says otherwise.
 */
export function readPlace(text: string, country: string | undefined): Place {
  const parts = text.split(",").map((part) => part.trim());
  const filled = parts.filter((part) => part !== "");
  const last = filled.at(-1);
  if (last === undefined) return {};
  if (filled.length === 1) {
    const code = countryCode(last);
    return code === null ? { city: last } : { country: code };
  }
  const city = filled.length > 3 ? filled.at(-3)! : filled[0]!;
  if (filled.length > 2) {
    const code = countryCode(last);
    if (code === null) return { city: filled.at(-2)!, state: readState(last, country) };
    return { city, state: readState(filled.at(-2)!, code), country: code };
  }
  const american = country === undefined || country === "US" ? stateCode(last, "US") : null;
  if (american !== null) return { city, state: american };
  const code = countryCode(last);
  return code === null ? { city, state: readState(last, country) } : { city, country: code };
}
