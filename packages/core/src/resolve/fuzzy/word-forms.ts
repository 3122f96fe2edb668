import { fold } from "../keys/fold.ts";

/**
 * Spellings of one word, folded: the first stands for all. English business abbreviations as postal and trade directories print them, and
 * the same words in German, French, Spanish, Italian, Dutch, Portuguese and Polish where a company's own name is found in several languages.
 */
const SAME_WORD = `
international intl internat int internacional internationale internazionale internationaal mezhdunarodnaya
manufacturing mfg manuf manufacture manufacturers mfrs mfr
manufacturer manufacturor
association assoc assn asso associations verband asociacion associazione associacao
associates assocs associate
brothers bros gebruder gebrueder hermanos freres fratelli gebroeders
department dept
university univ universitat universite universidad universita universiteit universidade
national natl nat nacional nationale nazionale
saint st sainte
mount mt
fort ft
group grp groupe gruppe grupo gruppo groep
holding hldg hldgs holdings beteiligungen beteiligung beteiligungs
services svc svcs srvs serv service servicios servizi servicos dienstleistungen dienste diensten uslugi
systems sys system systeme systemes sistemas sistemi
technology tech techs technologies technologie tecnologia technologien technik tecnologias tecnologie
engineering eng engr engrg ingenierie ingenieria ingegneria ingenieurburo engenharia
management mgmt mgt managment verwaltung verwaltungs gestion gestione zarzadzanie
development dev devel dvlp developments entwicklung desarrollo developpement sviluppo
distribution distrib distributors distributor distributing
industries ind inds industry industrie industrias industria
communications communication comms
telecommunications telecom telecommunication telecoms telekom telekommunikation telecomunicaciones telecomunicacoes telecomunicazioni
center ctr centre cntr zentrum centro cen
hospital hosp hospitals krankenhaus klinikum ospedale hopital ziekenhuis szpital
medical med
government govt gov
institute inst institut instituto istituto
laboratories labs lab laboratory labor laboratoires laboratoire laboratorios laboratorio laboratori
construction constr const bau baugesellschaft bauunternehmen bauunternehmung construcciones construccion construcoes construcao costruzioni bouw bouwbedrijf budownictwo
transportation transp transport transports transporte transportes trasporti
financial fin finl financials
insurance ins insurances versicherung versicherungen seguros assurance assurances assicurazioni verzekeringen ubezpieczenia
american amer
corporation corp
company co cos companies
products prod prods product produkte productos produits prodotti produtos
production prods productions
equipment equip eqpt
electric elec electrics electrical elektro elektrotechnik elektrik electricite electricidad eletrica elettrica
electronics electronic
pharmaceuticals pharma pharm pharmaceutical
properties props property
investment invest invt investments inversiones inversion investissement investissements investimenti investimentos inwestycje
consulting consult consultants consultancy beratung unternehmensberatung asesoria consultoria consulenza doradztwo
enterprises entp ent enterprise
research res forschung
resources resource
general gen genl
federal fed
county cnty
school sch schools schule escuela
college coll
academy acad
foundation fdn fndn stiftung fundacion fondation fondazione fundacao fundacja
church ch kirche iglesia eglise chiesa
child children childrens childs kids chld chldrn
development dvlpmt
early erly
learning learn lrng lrning
elementary elem
nursery nurs
education educational ed educ
center ctrs
headquarters hq
first 1st
second 2nd
third 3rd
fourth 4th
fifth 5th
sixth 6th
seventh 7th
eighth 8th
ninth 9th
tenth 10th
one 1
two 2 ii
three 3 iii
four 4 iv
five 5
six 6 vi
seven 7 vii
eight 8 viii
nine 9 ix
ten 10
automotive automobile automobiles auto autos
restaurant restaurants
solutions solution
logistics logistic logistik logistique logistica logistiek logistyka
markets market
partners partner
brands brand
stores store shop shops
foods food alimentos alimentacion alimentaire alimentari alimenticios lebensmittel nahrungsmittel
networks network
hotels hotel
resorts resort
bank banco banque banca
bancorp bancorporation bancshares bancshare
and und et og och
of de du di do da des del von van der den dos das of
the la le les el los las il lo das
sons sohne soehne hijos fils figli zonen
machinery machines machine maschinen maschinenbau maquinaria macchine
furniture mobel muebles meubles meubelen meble mobili moveis
brewery breweries brauerei cerveceria brasserie brouwerij birreria browar cervejaria
publishing publisher publishers verlag verlagsgesellschaft editorial editions uitgeverij editrice wydawnictwo editora
chemicals chemical chemie chimie chimica quimica chemia
energy energie energia energo
building batiment
winery wineries bodega bodegas weingut
realestate immobilien immobilier inmobiliaria imobiliaria immobiliare vastgoed nieruchomosci
tools tool werkzeuge werkzeug werkzeugbau herramientas outillage
pharmacy apotheke farmacia pharmacie apteka
metal metals metall metalle metales metaux metalli
plastics plastic kunststoff kunststoffe plasticos plastiques
textile textiles textil textilien tessile
water wasser agua aguas eaux acqua
printing printers druckerei imprenta imprimerie drukkerij tipografia
trading trade handel handels handelsgesellschaft comercio commerce
travel reisen viajes voyages viaggi viagens
bakery bakeries backerei panaderia boulangerie panificio
agriculture agricultural landwirtschaft agricola agricole
security sicherheit seguridad securite sicurezza
clinic clinics clin klinik clinica clinique
media medien medios
steel stahlbau siderurgica acier acciaio
family families fam fmly
health hlth hlt
behavioral behavioural behav
rehabilitation rehab
counseling counselling couns
senior seniors sr srs
program programs programme programmes prog pgm
preschool presch prek
community communities cmty commun
united utd
us usa
britain british gb uk
germany deutschland allemagne
switzerland suisse schweiz svizzera
spain espana
`;

/** Abbreviations that stand for whatever longer word begins with them. */
export const OPEN_ABBREVIATIONS: ReadonlySet<string> = new Set(
  "comm comms prof elec serv chem tech auto pharma univ environ admin dev".trim().split(" "),
);

/** Words that only join others. */
export const JOINERS: ReadonlySet<string> = new Set([
  "and",
  "of",
  "the",
  "for",
  "at",
  "in",
  "on",
  "by",
  "to",
  "a",
  "an",
  "zu",
  "zur",
  "im",
  "am",
  "fur",
  "pour",
  "para",
  "na",
  "ve",
  "al",
  "dba",
]);

/**
 * Words about how a company is built and not who it is: they come and go between its brand and its legal name.
 */
export const STRUCTURE_WORDS: ReadonlySet<string> = new Set(
  (
    "group holding international corporation company global worldwide enterprises associates partners incorporated limited world trust services " +
    "companies headquarters hq home online com net org www parent ultimate corporate plc inc llc ltd gmbh ag sa spa bv nv ab as oy kg se lp llp co kgaa srl sarl sas pty pte pvt class common stock shares ordinary public nfp nonprofit advies beheer"
  ).split(" "),
);

/**
 * Abbreviations of legal forms beyond those that a normalised name is rid of, which are hardly ever words of a name: they weigh little wherever
 * they stand. Out of ISO 20275 entity legal forms v1.5 (GLEIF, CC0) and De Nederlandsche Bank's legal names (MIT).
 */
export const FORM_WORDS: ReadonlySet<string> = new Set(
  (
    "aat abv adsitz aisbl asc bencom cic coop coopltd dat dno dooel ebvba eeig esv ewiv gaec geie gesbr gie gmuhgb ek icav ike invag keg kda kdd koop kollsti komsti kommg lca ldc mbe mchj " +
    "npc nuf oeg ohf osk ofe orgmbh partg pll pllp psc ptc qmj reit rllp rlllp rntbc saa sac sacs sae sal sapi saspj sccl scl scm scomm scoop scop scpa scr scs sencrl senc seca selarl sgr shpk sicav sicaf " +
    "slm soccol spbllc spr sprlu srcp srll srlp ssb suarl tdv tov trustco ulc ultd unltd vof vos vvag zoo kht npo eingetragene genossenschaft stichting vereniging stg cooperatief"
  ).split(" "),
);

/** Words about the trade: a brand goes with or without them (`Cisco`, `Cisco Systems`). */
export const TRADE_WORDS: ReadonlySet<string> = new Set(
  (
    "systems technology communications telecommunications financial finance insurance industries solutions products stores markets foods brands networks hotels resorts " +
    "bank bancorp pharmaceuticals laboratories electronics electric energy power software engineering manufacturing logistics transportation motors motor airlines airways " +
    "entertainment interactive media health healthcare medical care realty properties investment capital management consulting research resources development " +
    "construction distribution wholesale retail beverage restaurants pizza coffee gaming digital data security advisors advisory securities savings university college school schools " +
    "automotive parts outdoor railway railroad rail freight line lines shipping therapeutics biosciences bioscience sciences science biotech biopharma semiconductor semiconductors materials chemical " +
    "chemicals petroleum oil gas mining steel paper packaging plastics rubber textile apparel clothing fashion jewelry cosmetics beauty furniture appliances toys sports sporting " +
    "goods general department equipment rental leasing staffing personnel hr payroll marketing advertising publishing press news broadcasting television radio studios pictures music records " +
    "games labs design architects law legal associates accounting audit tax wealth asset assets equity ventures venture fund funds mortgage lending credit card payments payment exchange trading " +
    "real estate homes home builders building cement concrete glass water waste environmental recycling solar wind nuclear utilities utility wireless mobile cellular cable satellite broadband internet " +
    "web cloud computing computer computers hardware devices instruments controls automation robotics aerospace defense defence aviation marine naval space hospital clinic dental pharmacy veterinary nursing senior living " +
    "hospice rehabilitation education learning training child day daycare preschool kindergarten center academy institute foundation association society church ministry ministries community supermarkets " +
    "supermarket grocery bakery dairy meat seafood farms farm agriculture seeds fertilizer tobacco brewery brewing wine spirits distillers distillery soft drink drinks water group services supply supplies machinery tools machine works " +
    "fabrication metal metals aluminum aluminium iron copper gold silver wood timber lumber forest forestry office interiors travel tours tourism leisure cruise casino club fitness golf theatre theaters cinemas cinema parks park " +
    "winery realestate printing soup tire tyre tires trucks truck bus car cars dealers dealership motorcycle bicycle bikes optics optical imaging diagnostics genetics genomics oncology surgical orthopedics vision hearing air"
  ).split(" "),
);

/** Words for what an organisation is: with one it is another than without. */
export const KIND_WORDS: ReadonlySet<string> = new Set(
  (
    "university college school schools hospital church county city state department foundation ministry association society institute museum library airport council authority " +
    "academy clinic district commission agency union federation municipality board bureau embassy court army navy police"
  ).split(" "),
);

/** Words for a business that a company keeps beside its own: with one it is rather a daughter (`UPS`, `UPS Capital`). */
export const DIVISION_WORDS: ReadonlySet<string> = new Set(
  "capital ventures venture fund funds acquisition leasing mortgage credit logistics realty retail mobility dental steel airlines".split(
    " ",
  ),
);

/** Countries, regions and their adjectives: in a name they tell a branch from its mother. */
export const PLACE_WORDS: ReadonlySet<string> = new Set(
  (
    "us britain germany france spain italy netherlands nederland holland belgium belgique belgie switzerland austria osterreich poland polska portugal ireland scotland england wales sweden sverige norway norge denmark danmark " +
    "finland suomi russia ukraine turkey turkiye greece hellas hungary romania bulgaria czech slovakia slovenia croatia serbia canada mexico brazil brasil argentina chile colombia peru venezuela ecuador panama india china japan " +
    "korea taiwan singapore malaysia indonesia thailand vietnam philippines australia zealand africa egypt nigeria kenya morocco israel emirates uae saudi arabia qatar kuwait bahrain oman jordan lebanon pakistan bangladesh " +
    "europe asia pacific emea apac latin latam american european asian african canadian mexican german french italian spanish dutch swiss austrian polish indian chinese japanese korean australian nordic scandinavia iberia benelux " +
    "texas california florida york jersey carolina dakota virginia ohio illinois michigan georgia arizona nevada oregon washington colorado utah idaho montana wyoming kansas nebraska oklahoma missouri iowa minnesota wisconsin " +
    "indiana kentucky tennessee alabama mississippi louisiana arkansas pennsylvania maryland delaware connecticut massachusetts maine vermont hampshire hawaii alaska chicago london paris berlin munich munchen hamburg frankfurt " +
    "madrid barcelona rome milan milano amsterdam brussels vienna wien zurich geneva dublin stockholm oslo copenhagen helsinki moscow tokyo beijing shanghai mumbai delhi bangalore toronto vancouver montreal boston houston dallas " +
    "atlanta miami seattle denver phoenix detroit philadelphia northern southern eastern western north south east west central northeast northwest southeast southwest midwest metro"
  ).split(" "),
);

const CYRILLIC = new Map(
  Object.entries({
    а: "a",
    б: "b",
    в: "v",
    г: "g",
    д: "d",
    е: "e",
    ж: "zh",
    з: "z",
    и: "i",
    к: "k",
    л: "l",
    м: "m",
    н: "n",
    о: "o",
    п: "p",
    р: "r",
    с: "s",
    т: "t",
    у: "u",
    ф: "f",
    х: "kh",
    ц: "ts",
    ч: "ch",
    ш: "sh",
    щ: "shch",
    ъ: "",
    ы: "y",
    ь: "",
    э: "e",
    ю: "yu",
    я: "ya",
    і: "i",
    є: "ye",
    ґ: "g",
    ј: "j",
    љ: "lj",
    њ: "nj",
    ћ: "c",
    ђ: "dj",
    џ: "dz",
    α: "a",
    β: "v",
    γ: "g",
    δ: "d",
    ε: "e",
    ζ: "z",
    η: "i",
    θ: "th",
    ι: "i",
    κ: "k",
    λ: "l",
    μ: "m",
    ν: "n",
    ξ: "x",
    ο: "o",
    π: "p",
    ρ: "r",
    σ: "s",
    ς: "s",
    τ: "t",
    υ: "y",
    φ: "f",
    χ: "ch",
    ψ: "ps",
    ω: "o",
  }),
);
const FOREIGN = /[\u0370-\u03ff\u0400-\u04ff]/g;
const CANONICAL: ReadonlyMap<string, string> = new Map(
  SAME_WORD.trim()
    .split("\n")
    .flatMap((line) => {
      const [first = "", ...others] = line.split(" ");
      return others.map((word): [string, string] => [word, first]);
    })
    .reverse(),
);
const UMLAUTS: Readonly<Record<string, string>> = { ae: "a", oe: "o", ue: "u" };
const DIGRAPH = /(?<![aeiouq])(ae|oe|ue)(?=[b-df-hj-np-tv-z]|(?<=ae)u)/g;

/** Cyrillic and Greek letters as Latin ones (passport style); other text is folded only. */
export function transliterate(text: string): string {
  return fold(text).replace(FOREIGN, (letter) => CYRILLIC.get(letter) ?? letter);
}

/** What stands for a folded word and its other spellings: abbreviations, plural endings, `ue` for `ü`. Idempotent. */
export function stemOf(word: string): string {
  const known = CANONICAL.get(word);
  if (known !== undefined) return known;
  if (word.length < 4 || !/[a-z]$/.test(word)) return word;
  let stem = word.replace(DIGRAPH, (pair) => UMLAUTS[pair] as string);
  if (stem.length >= 5 && stem.endsWith("ies")) stem = `${stem.slice(0, -3)}y`;
  else if (stem.endsWith("s") && !/(?:ss|us|is|os|as)$/.test(stem)) stem = stem.slice(0, -1);
  return CANONICAL.get(stem) ?? stem;
}
