/** Active ISO 4217 codes (ISO 4217 list one, currencies only). */
const CODES: ReadonlySet<string> = new Set(
  `AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE
  CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS
  KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR
  PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD
  TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG`.split(/\s+/),
);

/** ISO 4217 currencies whose minor unit is not a hundredth. */
const EXPONENTS: ReadonlyMap<string, number> = new Map([
  ...["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"].map(
    (code): [string, number] => [code, 0],
  ),
  ...["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"].map((code): [string, number] => [code, 3]),
]);

/** `$`, `¥` and `kr` stand for several currencies: the declared one where it is among them, else the first; `kr` alone says nothing. */
const AMBIGUOUS: ReadonlyMap<string, readonly string[]> = new Map([
  ["$", ["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "CLP", "COP", "ARS", "TWD"]],
  ["¥", ["JPY", "CNY"]],
  ["kr", ["", "SEK", "NOK", "DKK", "ISK"]],
]);

const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ["€", "EUR"],
  ["£", "GBP"],
  ["₹", "INR"],
  ["₩", "KRW"],
  ["₽", "RUB"],
  ["₺", "TRY"],
  ["₪", "ILS"],
  ["₫", "VND"],
  ["₴", "UAH"],
  ["฿", "THB"],
  ["¥", "¥"],
  ["$", "$"],
  ["kr", "kr"],
  ["kr.", "kr"],
  ["us$", "USD"],
  ["usd$", "USD"],
  ["$us", "USD"],
  ["ca$", "CAD"],
  ["c$", "CAD"],
  ["cad$", "CAD"],
  ["a$", "AUD"],
  ["au$", "AUD"],
  ["nz$", "NZD"],
  ["s$", "SGD"],
  ["hk$", "HKD"],
  ["r$", "BRL"],
  ["mx$", "MXN"],
  ["zł", "PLN"],
  ["zl", "PLN"],
  ["kč", "CZK"],
  ["ft", "HUF"],
  ["sfr", "CHF"],
  ["sfr.", "CHF"],
  ["fr.", "CHF"],
  ["rmb", "CNY"],
  ["rs", "INR"],
  ["rs.", "INR"],
  ["euro", "EUR"],
  ["euros", "EUR"],
  ["dollars", "USD"],
]);

/** The ISO 4217 code of a symbol or code (`€`, `US$`, `eur`), or `$`, `¥`, `kr` where it stands for several; undefined otherwise. */
export function currencyOf(token: string): string | undefined {
  if (CODES.has(token)) return token;
  const lower = token.toLowerCase();
  const symbol = SYMBOLS.get(lower);
  if (symbol !== undefined) return symbol;
  if (token.length === 3) {
    const code = token.toUpperCase();
    if (CODES.has(code)) return code;
  }
  return undefined;
}

/** Settles a symbol of {@link currencyOf} that stands for several currencies with what the list declared; codes pass through. */
export function settleCurrency(code: string | undefined, declared: string | undefined): string | undefined {
  if (code === undefined) return declared;
  const several = AMBIGUOUS.get(code);
  if (several === undefined) return code;
  if (declared !== undefined && several.includes(declared)) return declared;
  return several[0] === "" ? undefined : several[0];
}

/** A currency cell (`EUR`, `€`, `us$`) as an ISO 4217 code; undefined when it is none. */
export function parseCurrency(raw: string, declared?: string): string | undefined {
  const code = currencyOf(raw.trim());
  return code === undefined ? undefined : settleCurrency(code, declared);
}

/** Digits of the minor unit (ISO 4217): JPY 0, most 2, KWD 3. Unknown or absent currencies count as 2. */
export function currencyExponent(code: string | undefined): number {
  return code === undefined ? 2 : (EXPONENTS.get(code) ?? 2);
}
