import { Dice, slip } from "./generated-companies.ts";
import type { LabelledRecord } from "./pair-scores.ts";

/**
 * Companies of many countries as three registers know them, by name alone: a trade register (own language and script, full legal form), a
 * world-wide base (Latin letters, capitals, translated words, cut-off names) and a dealers' list (trading names, initials, `Group`). Beside
 * them stand companies of nearly the same name: regional siblings, numbered subsidiaries, funds, namesakes of another trade.
 */

const list = (text: string): string[] => text.split("|");
type Words = Readonly<Record<string, readonly string[]>>;

interface Country {
  /** Surnames and made-up brands. */
  brands: readonly string[];
  /** Trade, and how the world calls it. */
  trades: Words;
  /** Legal form as written out or shortened, and as the world writes it. */
  forms: ReadonlyArray<readonly [own: string, world: string]>;
  /** Forms stand before the name. */
  leading?: boolean;
  regions: readonly string[];
}

const GERMAN: Country = {
  brands: list(
    "Hölzle|Mühlbauer|Rösner|Weiß|Köhn|Krüppel|Schäffner|Dörrwald|Vöhringer|Gräbner|Lütz|Oßwald|Brinkhoff|Stellwag|Tannhäuser|Jäckle|Ziegenhals|Nordmark|Rheinfels|Havelberg",
  ),
  trades: {
    Maschinenbau: ["Maschinenbau", "Machinery", "Machine Works"],
    Elektrotechnik: ["Elektrotechnik", "Electrical Engineering", "Elektro"],
    Baugesellschaft: ["Bau", "Construction", "Baugesellschaft"],
    Versicherungen: ["Versicherung", "Insurance"],
    Werkzeuge: ["Tools", "Werkzeuge"],
    Logistik: ["Logistics", "Logistik"],
    Verlag: ["Verlag", "Publishing"],
    Brauerei: ["Brewery", "Brauerei"],
  },
  forms: [
    ["GmbH", "GMBH"],
    ["Gesellschaft mit beschränkter Haftung", "GMBH"],
    ["GmbH & Co. KG", "GMBH & CO KG"],
    ["AG", "AG"],
    ["Aktiengesellschaft", "AG"],
    ["e.K.", ""],
  ],
  regions: list("Bayern|Hessen|Sachsen|Rheinland|Westfalen|Thüringen"),
};
const SPANISH: Country = {
  brands: list(
    "Muñiz|Peñalba|Ibáñez|Cortázar|Güell|Andújar|Villaseñor|Zubizarreta|Olavide|Carranza|Montalbán|Escribá|Nájera|Arizcun",
  ),
  trades: {
    Construcciones: ["Construction", "Construcciones"],
    Seguros: ["Insurance", "Seguros"],
    Transportes: ["Transport", "Transportes"],
    Alimentación: ["Foods", "Alimentacion"],
    Inmobiliaria: ["Real Estate", "Inmobiliaria"],
    Bodegas: ["Wineries", "Bodegas"],
  },
  forms: [
    ["S.A.", "SA"],
    ["Sociedad Anónima", "S A"],
    ["S.L.", "SL"],
    ["S. L. U.", "SLU"],
  ],
  regions: list("Andalucía|Cataluña|Galicia|Aragón|Murcia"),
};
const FRENCH: Country = {
  brands: list(
    "Béranger|Lefèvre|Garçonnet|Hébrard|Crépin|Aubépine|Rivoire|Montferrand|Delaunaye|Saint-Gervais|L'Étoile|Beaumarchand",
  ),
  trades: {
    Assurances: ["Insurance", "Assurances"],
    Ingénierie: ["Engineering", "Ingenierie"],
    Bâtiment: ["Building", "Batiment"],
    Laboratoires: ["Laboratories", "Labs"],
    Transports: ["Transport"],
    Télécom: ["Telecom", "Telecommunications"],
  },
  forms: [
    ["SARL", "SARL"],
    ["S.A.S.", "SAS"],
    ["Société Anonyme", "SA"],
    ["SA", "SA"],
  ],
  regions: list("Bretagne|Normandie|Alsace|Lorraine|Aquitaine"),
};
const RUSSIAN: Country = {
  brands: list(
    "Северянин|Уралмет|Волгострой|Жигулёвск|Ящеров|Хлебников|Щукинский|Байкалпром|Черноземье|Юговосток|Енисейзолото|Дальрыба",
  ),
  trades: { Банк: ["Bank"], Трейдинг: ["Trading"], Логистика: ["Logistics", "Logistika"], Энерго: ["Energo", "Energy"] },
  forms: [
    ["ООО", "OOO"],
    ["ПАО", "PJSC"],
    ["АО", "JSC"],
    ["ЗАО", "ZAO"],
  ],
  leading: true,
  regions: list("Сибирь|Москва|Урал|Кубань"),
};
const POLISH: Country = {
  brands: list("Żółkiewski|Śliwka|Łańcut|Gdybowicz|Świętokrzyskie|Wróblewo|Dąbrowiec|Jesiołowscy|Krępiec|Młynarz"),
  trades: {
    Budownictwo: ["Construction", "Budownictwo"],
    Ubezpieczenia: ["Insurance"],
    Meble: ["Furniture", "Meble"],
    Chemia: ["Chemicals", "Chemia"],
  },
  forms: [
    ["Sp. z o.o.", "SP ZOO"],
    ["spółka z ograniczoną odpowiedzialnością", "SP Z O O"],
    ["S.A.", "SA"],
  ],
  regions: list("Śląsk|Mazowsze|Pomorze|Małopolska"),
};
const ENGLISH: Country = {
  brands: list(
    "Ashcombe|Thornbridge|Fairweather & Lowe|Pemberton|Kestrel|Blackwood|J. P. Harcastle|Gullane|MacAllister|O'Rafferty|Quayside|Ironbark|Silverline|Northgate|T.R. Wexcombe|Dunmore Brothers|Copperfield|Larkspur|Greystone|Brightwater|Highmoor|Cobalt|Whitby and Daughters|Sandpiper",
  ),
  trades: {
    Insurance: ["Insurance", "Ins", "Insurance Services"],
    Engineering: ["Engineering", "Eng", "Engrg"],
    Construction: ["Construction", "Constr", "Construction Co"],
    Logistics: ["Logistics", "Logistics Services"],
    Technologies: ["Technologies", "Tech", "Technology"],
    Pharmaceuticals: ["Pharmaceuticals", "Pharma"],
    Publishing: ["Publishing", "Publishers"],
    "Property Management": ["Property Mgmt", "Property Management"],
    Foods: ["Foods", "Food Products"],
  },
  forms: [
    ["Limited", "LTD"],
    ["Ltd", "LTD"],
    ["PLC", "PLC"],
    ["LLC", "LLC"],
    ["Inc.", "INC"],
    ["Corporation", "CORP"],
    ["Public Limited Company", "PLC"],
  ],
  regions: list("Scotland|Midlands|North West|Yorkshire|Wales|Ireland"),
};
const COUNTRIES = [GERMAN, GERMAN, SPANISH, FRENCH, RUSSIAN, POLISH, ENGLISH, ENGLISH, ENGLISH, ENGLISH];
const SYLLABLES = list("ve|ro|ka|lu|mi|tan|dor|sel|qua|bri|nex|plo|gar|hin|zu|fel|cor|da|vis|mon|ter|ul|an|os|ix|ra|len|sto");
const GROUPS = list("Group|Holding|Holdings|International|Gruppe|Worldwide");

/** Latin letters as a customs form has them. */
const LATIN: Readonly<Record<string, string>> = Object.fromEntries(
  "а a б b в v г g д d е e ё e ж zh з z и i й i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ъ _ ы y ь _ э e ю iu я ia"
    .split(" ")
    .reduce<string[][]>((pairs, each, i, all) => {
      if (i % 2 === 0) pairs.push([each, all[i + 1] === "_" ? "" : all[i + 1]!]);
      return pairs;
    }, []),
);
const POPULAR: Readonly<Record<string, string>> = { ...LATIN, й: "y", ю: "yu", я: "ya", х: "h" };
const DOTS: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue", ß: "ss", ñ: "n" };

function latin(text: string, dice: Dice): string {
  const cyrillic = dice.chance(0.5) ? LATIN : POPULAR;
  const dots = dice.chance(0.6);
  const spelt = text.replace(/[\u0400-\u04ff]/g, (letter) => {
    const low = cyrillic[letter.toLowerCase()] ?? letter;
    return letter === letter.toLowerCase() ? low : low.charAt(0).toUpperCase() + low.slice(1);
  });
  return (dots ? spelt.replace(/[äöüßñ]/g, (letter) => DOTS[letter]!) : spelt)
    .replaceAll("ß", "ss")
    .replaceAll("ł", "l")
    .replaceAll("Ł", "L")
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "");
}

interface Firm {
  brand: string;
  trade: string;
  form: readonly [own: string, world: string];
  country: Country;
  /** What tells it from its siblings and is never left out. */
  tail: string;
  /** It has siblings, so that the brand alone is nobody's name. */
  family: boolean;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function firmOf(dice: Dice): Firm {
  const country = dice.pick(COUNTRIES);
  const coined = capital(Array.from({ length: 2 + dice.below(2) }, () => dice.pick(SYLLABLES)).join(""));
  const own = dice.pick(country.brands);
  const mixed = /[\u0400-\u04ff]/.test(own) ? own : dice.pick([`${own} ${coined}`, `${coined} ${own}`, `${own}-${coined}`]);
  const brand = dice.chance(0.6) ? mixed : country.leading ? own : coined;
  const trade = dice.chance(0.75) ? dice.pick(Object.keys(country.trades)) : "";
  return { brand, trade, form: dice.pick(country.forms), country, tail: "", family: false };
}

/** Companies of nearly the same name beside `firm`. */
function siblings(firm: Firm, dice: Dice): Firm[] {
  const way = dice.next();
  const { country } = firm;
  const others = Object.keys(country.trades).filter((trade) => trade !== firm.trade);
  if (way < 0.04) {
    firm.family = true;
    const first = dice.below(country.regions.length);
    return [0, 1, 2].map((k) => ({ ...firm, tail: country.regions[(first + k) % country.regions.length]! }));
  }
  if (way < 0.07) {
    const numbers = dice.pick([
      ["I", "II", "III"],
      ["1", "2", "4"],
      ["No. 5", "No. 6", "No. 8"],
    ]);
    return numbers.map((tail) => ({
      ...firm,
      brand: `${firm.brand} ${dice.pick(["Windpark", "Property", "Leasing"])}`,
      trade: "",
      tail,
    }));
  }
  if (way < 0.1) {
    const fund = dice.pick(["Growth Fund", "Real Estate Fund", "Capital Partners", "Infrastructure Fund"]);
    return ["II", "III", "IV"].map((tail) => ({
      ...firm,
      trade: "",
      brand: `${firm.brand} ${fund}`,
      tail,
      form: ["L.P.", "LP"] as const,
    }));
  }
  if (way < 0.15) {
    firm.family = true;
    return [{ ...firm, trade: dice.pick(others) }];
  }
  return [];
}

const join = (...parts: string[]): string => parts.filter(Boolean).join(" ").replace(/\s+/g, " ").trim();

function official({ brand, trade, form: [own], country, tail }: Firm, dice: Dice): string {
  if (country.leading) return join(own, dice.chance(0.6) ? `"${join(brand, trade, tail)}"` : join(brand, trade, tail));
  return join(brand, trade, tail) + (dice.chance(0.15) ? ", " : " ") + own;
}

function worldwide({ brand, trade, form: [, world], country, tail }: Firm, dice: Dice): string {
  const called = trade === "" ? "" : dice.chance(0.5) ? dice.pick(country.trades[trade]!) : trade;
  const group = dice.chance(0.08) && tail === "" ? dice.pick(GROUPS) : "";
  let text = join(brand, called, tail, group, dice.chance(0.55) ? world : "");
  if (country.leading && dice.chance(0.3)) text = join(world, brand, called, tail);
  text = latin(text, dice).toUpperCase();
  if (dice.chance(0.3)) text = text.replace(/[.,'"-]/g, " ");
  if (dice.chance(0.05) && tail === "") text = text.slice(0, 24);
  if (dice.chance(0.05)) text = text.replace(/ AND | & /, dice.pick([" & ", " AND ", " + "]));
  return text.replace(/\s+/g, " ").trim();
}

function dealers({ brand, trade, form: [own], country, tail, family }: Firm, dice: Dice): string {
  const short = !family && tail === "" && (brand.includes(" ") || brand.length > 6);
  const called = trade === "" || (short && dice.chance(0.3)) ? "" : dice.chance(0.3) ? dice.pick(country.trades[trade]!) : trade;
  let text = join(brand, called, tail);
  if (dice.chance(0.1) && tail === "") text = join(text, dice.pick(GROUPS));
  else if (dice.chance(0.3)) text = join(text, country.leading ? "" : own);
  if (dice.chance(0.06) && short) text = `${capital(Array.from({ length: 3 }, () => dice.pick(SYLLABLES)).join(""))} (${text})`;
  else if (dice.chance(0.05))
    text = `${text} ${dice.pick(["t/a", "trading as", "dba"])} ${capital(dice.pick(SYLLABLES) + dice.pick(SYLLABLES))} Direct`;
  else if (dice.chance(0.04)) text = `The ${text}`;
  if (dice.chance(0.7)) text = latin(text, dice);
  if (dice.chance(0.08)) text = slip(text, dice);
  const turned = dice.next();
  if (turned < 0.05) text = text.replace(/[ -]/, "");
  else if (turned < 0.1) text = text.split(" ").reverse().join(" ");
  return text;
}

/** What three registers call so many companies and their siblings, each of them in about two of three. */
export function threeRegisters(companies: number, seed: number): LabelledRecord[] {
  const dice = new Dice(seed);
  const taken = new Set<string>();
  const records: LabelledRecord[] = [];
  let number = 0;
  for (let at = 0; at < companies; at++) {
    const firm = firmOf(dice);
    const key = latin(firm.brand, new Dice(1)).toLowerCase();
    if (taken.has(key)) continue;
    taken.add(key);
    for (const each of [firm, ...siblings(firm, dice)]) {
      if (each === firm && firm.family && firm.trade === "") continue;
      for (const write of [official, worldwide, dealers])
        if (dice.chance(0.68)) records.push({ name: write(each, dice), truth: String(number) });
      number++;
    }
  }
  return records;
}
