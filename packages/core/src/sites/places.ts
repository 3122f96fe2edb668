import type { FieldValues } from "../account/fields.ts";
import { placeParts } from "../resolve/fuzzy/place.ts";

/** A place as far as rows say it, in the spelling in which places are compared (`resolve/fuzzy/place.ts`); "" where nothing is said. */
export interface PlaceName {
  /** ISO alpha-2. */
  country: string;
  postcode: string;
  city: string;
  state: string;
  street: string;
  number: string;
}

/** The place that a row names; null where it says neither postcode nor town. A post box tells the town and no door. */
export function placeNameOf({ street, city, state, postalCode, country }: FieldValues): PlaceName | null {
  if (city === undefined && postalCode === undefined && street === undefined) return null;
  const text = (value: FieldValues[string]): { [name: string]: string } | undefined =>
    typeof value === "string" && value !== "" ? { value } : undefined;
  const parts = placeParts({
    ...(text(street) && { street: street as string }),
    ...(text(city) && { city: city as string }),
    ...(text(state) && { state: state as string }),
    ...(text(postalCode) && { postalCode: postalCode as string }),
  });
  if (parts === null || (parts.city === "" && parts.postcode === "")) return null;
  const door = !parts.box && parts.street.length > 0;
  return {
    country: typeof country === "string" ? country : "",
    postcode: parts.postcode,
    city: parts.city,
    state: parts.state,
    street: door ? parts.street.join(" ") : "",
    number: door ? parts.number + parts.letter : "",
  };
}

/** What places are told apart by: the postcode, or else the town with its state; country, street and house number. */
export function placeKey({ country, postcode, city, state, street, number }: PlaceName): string {
  const locality = postcode === "" ? `${city}/${state}` : postcode;
  return [country, locality, street, number].join("|");
}

const says = (less: string, more: string): boolean => less === "" || less === more;

/** Whether `more` says all that `less` says, and something else besides: `Berlin` of `Kantstr. 1, 10623 Berlin`. */
function isWithin(less: PlaceName, more: PlaceName): boolean {
  if (!says(less.country, more.country) || !says(less.street, more.street) || !says(less.number, more.number)) return false;
  if (less.postcode !== "") return less.postcode === more.postcode;
  return less.city !== "" && less.city === more.city && says(less.state, more.state);
}

/** Everything under which a place is looked up by one that says less of it. */
function shelvesOf(place: PlaceName): string[] {
  const { postcode, city, street, number } = place;
  return [postcode === "" ? "" : `p${postcode}`, city === "" ? "" : `c${city}`]
    .filter((locality) => locality !== "")
    .flatMap((locality) => [...new Set([`${locality}||`, `${locality}|${street}|`, `${locality}|${street}|${number}`])]);
}

const shelfOf = ({ postcode, city, street, number }: PlaceName): string =>
  `${postcode === "" ? `c${city}` : `p${postcode}`}|${street}|${number}`;

/**
 * Which places are one: by key, the key of the place that it belongs to. A place that says less belongs to the one that says more, where
 * there is a single one; where several could be meant it stands for itself. Depends on the set of places alone.
 */
export function onePlaceEach(places: ReadonlyMap<string, PlaceName>): Map<string, string> {
  const shelves = new Map<string, Array<[string, PlaceName]>>();
  for (const entry of places)
    for (const shelf of shelvesOf(entry[1])) {
      const known = shelves.get(shelf);
      if (known) known.push(entry);
      else shelves.set(shelf, [entry]);
    }
  const fuller = (key: string, place: PlaceName): string[] =>
    (shelves.get(shelfOf(place)) ?? []).filter(([other, more]) => other !== key && isWithin(place, more)).map(([other]) => other);
  const fullest = new Map<string, ReadonlySet<string>>();
  // Ends: each step says more, and there are but few things to say.
  const fullestOf = (key: string): ReadonlySet<string> => {
    const known = fullest.get(key);
    if (known) return known;
    const place = places.get(key)!;
    const saysAll = place.country !== "" && place.postcode !== "" && place.number !== "";
    const more = saysAll ? [] : fuller(key, place);
    const found = new Set(more.length === 0 ? [key] : more.flatMap((other) => [...fullestOf(other)]));
    fullest.set(key, found);
    return found;
  };
  const belongs = new Map<string, string>();
  for (const key of places.keys()) {
    const [first = key, ...others] = fullestOf(key);
    belongs.set(key, others.length === 0 ? first : key);
  }
  return belongs;
}
