import { column, eachCompany, noise, type Shape } from "./shape.ts";
import {
  bandColumn,
  bandText,
  count,
  country,
  dayText,
  domain,
  grouped,
  items,
  linkedin,
  money,
  phone,
  postalCode,
  revenue,
  sourceId,
  state,
  text,
  website,
} from "./writers.ts";

type Language = "en" | "de" | "fr" | "es" | "nl";
const own = { origin: "first-party" } as const;

/** HubSpot's labels follow the language of the portal: id, name, owner, phone, city, country, industry, domain, website, street, state, postal code, employees, revenue, founded, description, lifecycle, parent, linkedin, technologies. */
const HUBSPOT_LABELS: Readonly<Record<Exclude<Language, "en">, string>> = {
  de: "Datensatz-ID|Unternehmensname|Zuständiger Mitarbeiter|Telefonnummer|Stadt|Land/Region|Branche|Unternehmensdomain|Website-URL|Straße und Hausnummer|Bundesland/Region|Postleitzahl|Anzahl der Mitarbeiter|Jahresumsatz|Gründungsjahr|Beschreibung|Lifecycle-Phase|Muttergesellschaft|LinkedIn-Unternehmensseite|Web-Technologien",
  fr: "ID de fiche d'informations|Nom de l'entreprise|Propriétaire de l'entreprise|Numéro de téléphone|Ville|Pays/Région|Secteur d'activité|Nom de domaine de l'entreprise|URL du site web|Adresse postale|État/Région|Code postal|Nombre d'employés|Chiffre d'affaires annuel|Année de création|Description|Phase du cycle de vie|Société mère|Page d'entreprise LinkedIn|Technologies web",
  es: "ID de registro|Nombre de la empresa|Propietario de la empresa|Número de teléfono|Ciudad|País/región|Sector|Nombre de dominio de la empresa|URL del sitio web|Dirección|Estado/región|Código postal|Número de empleados|Ingresos anuales|Año de fundación|Descripción|Etapa del ciclo de vida|Empresa matriz|Página de empresa de LinkedIn|Tecnologías web",
  nl: "Record-ID|Bedrijfsnaam|Eigenaar van bedrijf|Telefoonnummer|Plaats|Land/regio|Branche|Domeinnaam van bedrijf|Website-URL|Adres|Provincie/regio|Postcode|Aantal medewerkers|Jaaromzet|Oprichtingsjaar|Beschrijving|Levenscyclusfase|Moederbedrijf|LinkedIn-bedrijfspagina|Webtechnologieën",
};

function hubspotIn(language: Exclude<Language, "en">): Shape {
  const [
    id,
    name,
    owner,
    tel,
    city,
    land,
    industry,
    host,
    site,
    street,
    region,
    zip,
    heads,
    sales,
    since,
    about,
    stage,
    parent,
    page,
    tech,
  ] = HUBSPOT_LABELS[language].split("|") as string[];
  const noiseHeader = { de: "Erstellungsdatum", fr: "Date de création", es: "Fecha de creación", nl: "Aanmaakdatum" }[language];
  return {
    id: `HubSpot companies (${language})`,
    fingerprint: "hubspot-company",
    kind: "accounts",
    vendor: true,
    source: { ...own, currency: "USD" },
    rows: eachCompany,
    columns: [
      sourceId(id!, "hubspot"),
      text(name!, "name", { holes: false }),
      text(owner!, "accountOwner", { of: (company) => company.owner }),
      ...noise(noiseHeader, () => "2024-05-14 10:22"),
      phone(tel!),
      text(city!, "city"),
      country(land!, language),
      text(industry!, "industry"),
      domain(host!),
      website(site!, 1),
      text(street!, "street"),
      state(region!),
      postalCode(zip!),
      count(heads!, "employees"),
      revenue(sales!, String),
      count(since!, "founded"),
      text(about!, "description"),
      text(stage!, "lifecycle"),
      column(parent!, "parentName", ({ company }) => company.parent?.name),
      linkedin(page!),
      items(tech!, "technologies", ";"),
    ],
  };
}

/** A list that somebody keeps in a spreadsheet: name, website, phone, street, postal code, city, country, employees, size, revenue, industry, customer number, founded, last contact. */
const CRM_LABELS: Readonly<Record<Language, string>> = {
  en: "Company|Web Site|Telephone|Address|Post Code|Town|Country|No. of Employees|Company Size|Turnover (USD)|Sector|Customer No.|Established|Last Contacted|Note",
  de: "Firma|Webseite|Telefon|Straße|PLZ|Ort|Land|Mitarbeiter|Größenklasse|Umsatz in Tsd. USD|Branche|Kundennummer|Gründungsjahr|Letzter Kontakt|Bemerkung",
  fr: "Société|Site web|Téléphone|Adresse|Code postal|Ville|Pays|Effectif|Tranche d'effectif|Chiffre d'affaires (USD)|Secteur d'activité|Numéro client|Année de création|Dernier contact|Remarque",
  es: "Empresa|Sitio web|Teléfono|Dirección|Código postal|Ciudad|País|Empleados|Tamaño de la empresa|Facturación (USD)|Sector|Número de cliente|Año de fundación|Último contacto|Nota",
  nl: "Bedrijf|Webadres|Telefoon|Straat|Postcode|Plaats|Land|Medewerkers|Bedrijfsgrootte|Omzet (USD)|Branche|Klantnummer|Oprichtingsjaar|Laatste contact|Opmerking",
};
const WORDS: Readonly<Record<Language, { to: string; staff: string }>> = {
  en: { to: " to ", staff: " employees" },
  de: { to: " bis ", staff: " Mitarbeiter" },
  fr: { to: " à ", staff: " salariés" },
  es: { to: " - ", staff: " empleados" },
  nl: { to: " - ", staff: " medewerkers" },
};

function crmIn(language: Language): Shape {
  const [name, site, tel, street, zip, city, land, heads, size, sales, industry, id, since, seen, note] = CRM_LABELS[
    language
  ].split("|") as string[];
  const comma = language !== "en";
  const { to, staff } = WORDS[language];
  return {
    id: `A list of one's own (${language})`,
    fingerprint: "unknown",
    kind: "accounts",
    vendor: false,
    source: own,
    rows: eachCompany,
    columns: [
      sourceId(id!, "crm"),
      text(name!, "name", { holes: false }),
      website(site!),
      phone(tel!),
      text(street!, "street"),
      postalCode(zip!),
      text(city!, "city"),
      country(land!, language),
      count(heads!, "employees", { write: (n) => (comma ? grouped(n, ".") : grouped(n, ",")) }),
      bandColumn(size!, (range) => `${bandText(range, to)}${staff}`),
      revenue(sales!, (dollars) => (language === "de" ? grouped(dollars / 1000, ".") : money(dollars * 100, comma ? "," : "."))),
      text(industry!, "industry"),
      count(since!, "founded"),
      column(seen!, "lastActivityAt", ({ company }) =>
        dayText(company.touched, language === "en" ? "mdy" : "dmy", language === "de" ? "." : "/"),
      ),
      column(note!, null, () => "a;b"),
    ],
    ...(comma ? { style: { delimiter: ";", lineEnds: ["\r\n"] } } : {}),
    ...(language === "de" || language === "fr" ? { windows: true } : {}),
    ...(language === "de" ? { before: ["Kundenliste 2026", ""] } : {}),
  };
}

/** Lists of companies in five languages. */
export const LANGUAGE_SHAPES: readonly Shape[] = [
  ...(["de", "fr", "es", "nl"] as const).map(hubspotIn),
  ...(["en", "de", "fr", "es", "nl"] as const).map(crmIn),
];
