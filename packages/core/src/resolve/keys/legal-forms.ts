/**
 * Legal forms as they close (or open) a company's name, in the folded spelling of `company-name.ts`: lower case, no diacritics, no
 * punctuation; spaces here are for reading, forms are compared with all spaces removed. Sources: ISO 20275 entity legal forms and the
 * national company registers. The value is the form's canonical label.
 */
const TRAILING_TEXT = `
inc: incorporated, incorporation, incorporee
corp: corporation, corporacion, corporacao
co: company, companies, compania, companhia, compagnie, cia, cie
ltd: limited, ltee, limitee, private limited, private ltd, proprietary limited, proprietary ltd, private company limited
llc: limited liability company, limited liability co, ltd liability company, ltd liability co
llp: limited liability partnership
lllp: limited liability limited partnership
lp: limited partnership
plc: public limited company, public ltd co, public limited co
pllc: professional limited liability company
pc: professional corporation, professional corp
pbc: public benefit corporation, public benefit corp
cic: community interest company
clg: company limited by guarantee
dac: designated activity company
teo: teoranta
cyf: cyfyngedig
pty
pte
pvt
opc
pcl: public company limited
jsc: joint stock company, joint stock co, ojsc, cjsc, pjsc, open joint stock company, closed joint stock company, public joint stock company, qpsc, qsc, kscp, ksc
bhd: sdn bhd, berhad, sendirian berhad
tbk: persero tbk, persero
gmbh: gesellschaft mit beschrankter haftung, gesellschaft mit beschraenkter haftung, gesellschaft mbh, gesmbh, ggmbh, mbh
ag: aktiengesellschaft
kg: kommanditgesellschaft
kgaa: kommanditgesellschaft auf aktien
ohg: offene handelsgesellschaft
ug: ug haftungsbeschrankt, ug haftungsbeschraenkt, unternehmergesellschaft, unternehmergesellschaft haftungsbeschrankt, unternehmergesellschaft haftungsbeschraenkt, haftungsbeschrankt, haftungsbeschraenkt
gbr: gesellschaft burgerlichen rechts, gesellschaft buergerlichen rechts
ekfm: eingetragener kaufmann
eingetragenerverein: eingetragener verein
se: societas europaea
sa: sociedad anonima, societe anonyme, sociedade anonima, spolka akcyjna, societate pe actiuni, sociedad anonima cerrada, sociedad anonima abierta
sau: sociedad anonima unipersonal
sas: sasu, societe par actions simplifiee, sociedad por acciones simplificada
sarl: sarlu, societe a responsabilite limitee, sagl, selarl
eurl
snc: societe en nom collectif, societa in nome collettivo
scrl: scarl, societa cooperativa, soc coop, sc coop, societa cooperativa a responsabilita limitata, soc coop arl
srl: srls, societa a responsabilita limitata, sociedad de responsabilidad limitada, sprl, societate cu raspundere limitata
spa: societa per azioni, sociedad por acciones
sapa
sl: slu, slp, slne, sll, sociedad limitada, sociedad limitada unipersonal
sadecv: sab de cv, sapi de cv, sapib de cv, sociedad anonima de capital variable, sociedad anonima bursatil de capital variable
sderldecv: s de rl, sc de rl de cv
eirl
eireli
ltda: limitada, unipessoal ltda
lda: unipessoal lda
sgps
bv: besloten vennootschap, besloten vennootschap met beperkte aansprakelijkheid, bvba
nv: naamloze vennootschap
vof: vennootschap onder firma
cvba
cooperatieua: cooperatief ua
vzw: asbl
ab: aktiebolag, aktiebolaget, ab publ, aktiebolag publ, aktiebolaget publ, publ
handelsbolag
as: aktieselskab, aksjeselskap, akciova spolecnost, akciova spolocnost, anonim sirketi, anonim sti, aktsiaselts
asa: allmennaksjeselskap
aps: anpartsselskab, smba, amba
ivs
oy: osakeyhtio, oy ab, ab oy
oyj: julkinen osakeyhtio, oyj abp, abp
ehf: hlutafelag, einkahlutafelag
ou: osauhing
sia: sabiedriba ar ierobezotu atbildibu
uab: uzdaroji akcine bendrove
spzoo: spolka zoo, spolka z ograniczona odpowiedzialnoscia
spk: spolka komandytowa, spj, spolka jawna
sro: spol sro, spolecnost s rucenim omezenym, spolocnost s rucenim obmedzenym
kft: korlatolt felelossegu tarsasag
zrt: nyrt, reszvenytarsasag, zartkoruen mukodo reszvenytarsasag, nyilvanosan mukodo reszvenytarsasag
doo: jdoo, druzba z omejeno odgovornostjo
ood: eood
ead
ltdsti: limited sirketi, sti, sirketi
kk: kabushiki kaisha, kabushiki gaisha
gk: godo kaisha, godo gaisha
yk: yugen kaisha, yugen gaisha
fze: fzco, fzc, fz llc, dmcc, free zone establishment, free zone company
wll: with limited liability
saog: saoc
ooo
oao: pao, zao
ооо: общество с ограниченнои ответственностью
ао: оао, зао, пао, акционерное общество, публичное акционерное общество, открытое акционерное общество, закрытое акционерное общество
тов: тзов, прат, пат
оод: еоод, еад
αε: ανωνυμη εταιρεια, ανωνυμη εταιρια
επε: ικε
בעמ
شمم: شمل
株式会社: 株, 株式會社
有限会社: 有
合同会社: 合名会社, 合資会社
有限公司: 股份有限公司, 有限责任公司, 有限責任公司, 股份公司
주식회사: 주
유한회사: 유
`;

/** Forms too short or too much like a word or an initial to strip without knowing the country: form -> countries (ISO alpha-2) where it is one. */
const GATED_TEXT = `
ad BG RS ME MK BA CH
dd SI HR BA
bt HU
rt HU
ks DK CZ SK
is DK
da NO
ans NO
ky FI
oe GR
ae GR
epe GR
ike GR
cc ZA
nl AU
ca VE EC
pa US
pc US
lc US
na US
eg DE
ek DE
ev DE AT
hb SE
hf IS
vos CZ SK
cv NL BE
sci FR LU MC
sca FR LU
scs FR LU BE IT
gie FR
sal LB
sae EG
sac PE AR
saa PE
saic AR
too KZ
ip RU
ao RU KZ
at UA
obrt HR
`;

/** Forms that open a name. ``*` strips whenever one further token remains, a number whenever so many tokens remain, a country list only there. */
const LEADING_TEXT = `
ooo *
oao *
zao *
pao *
uab *
sia *
ojsc *
cjsc *
pjsc *
ооо *
оао *
зао *
пао *
тов *
тзов *
прат *
株式会社 *
有限会社 *
合同会社 *
株 *
주식회사 *
유한회사 *
주 *
congtytnhh *
congtycophan *
oy *
pt 2 ID
jsc 2
llc 2 RU UA KZ
ao RU KZ
ао *
as LV EE
ab SE FI
as DK NO
sc RO
mtue RU
`;

export interface LeadingForm {
  /** Tokens that must remain where the country is unknown; Infinity = never then. */
  remaining: number;
  /** Countries in which one remaining token is enough. */
  countries: ReadonlySet<string>;
}

/** Squeezed trailing form -> canonical label. */
export const TRAILING_FORMS: ReadonlyMap<string, string> = trailing();

/**
 * Every end of a trailing form, squeezed, with the characters that stand before it in a longer end: a run of tokens that is none of these
 * cannot close into a form.
 */
export const FORM_ENDS: ReadonlyMap<string, string> = ends();

/** Squeezed gated form -> countries where it is a form. */
export const GATED_FORMS: ReadonlyMap<string, ReadonlySet<string>> = gated();

/** Squeezed leading form -> when to strip it. */
export const LEADING_FORMS: ReadonlyMap<string, LeadingForm> = leading();

/** Every beginning of a leading form. */
export const LEADING_STARTS: ReadonlySet<string> = new Set(
  [...LEADING_FORMS.keys()].flatMap((form) => Array.from(form, (_, i) => form.slice(0, i + 1))),
);

/** Suffixes and prefixes written without a space in Chinese, Japanese and Korean names, longest first. */
export const UNSPACED_FORMS: readonly string[] = [
  "股份有限公司",
  "有限责任公司",
  "有限責任公司",
  "有限公司",
  "株式会社",
  "株式會社",
  "有限会社",
  "合同会社",
  "주식회사",
  "유한회사",
];

/** Words before "spa" that make it a bath and not a società per azioni. */
export const BATH_WORDS: ReadonlySet<string> = new Set(
  "day med medi medical nail nails health beauty salon resort hotel wellness and massage skin hair luxury thermal mineral garden dog pet car head body foot family".split(
    " ",
  ),
);

function lines(text: string): string[] {
  return text.trim().split("\n");
}

function squeeze(text: string): string {
  return text.replaceAll(" ", "");
}

function trailing(): Map<string, string> {
  const forms = new Map<string, string>();
  for (const line of lines(TRAILING_TEXT)) {
    const [label = "", others = ""] = line.split(":");
    forms.set(label, label);
    for (const form of others.split(",")) if (form !== "") forms.set(squeeze(form), label);
  }
  return forms;
}

function gated(): Map<string, ReadonlySet<string>> {
  return new Map(
    lines(GATED_TEXT).map((line): [string, ReadonlySet<string>] => [line.split(" ")[0] ?? "", new Set(line.split(" ").slice(1))]),
  );
}

function ends(): Map<string, string> {
  const all = new Map<string, string>();
  for (const form of [...TRAILING_FORMS.keys(), ...lines(GATED_TEXT).map((line) => line.split(" ")[0] ?? "")]) {
    for (let i = 0; i < form.length; i++) {
      const end = form.slice(i);
      const before = all.get(end) ?? "";
      const character = i === 0 ? "" : form[i - 1]!;
      all.set(end, before.includes(character) ? before : before + character);
    }
  }
  return all;
}

function leading(): Map<string, LeadingForm> {
  const forms = new Map<string, LeadingForm>();
  for (const line of lines(LEADING_TEXT)) {
    const [form = "", ...rules] = line.split(" ");
    const known = forms.get(form);
    const count = rules.find((rule) => /^\d$/.test(rule));
    const remaining = rules[0] === "*" ? 1 : count === undefined ? Number.POSITIVE_INFINITY : Number(count);
    forms.set(form, {
      remaining: Math.min(remaining, known?.remaining ?? remaining),
      countries: new Set([...(known?.countries ?? []), ...rules.filter((rule) => /^[A-Z]{2}$/.test(rule))]),
    });
  }
  return forms;
}
