/** The regions that firmographic rules speak of. */
export type Region = "NA" | "EU" | "UK" | "LATAM" | "APAC" | "MEA";

/** ISO 3166-1 alpha-2 followed by alpha-3, by region; regions follow UN M49, with the United Kingdom and its islands apart and Cyprus, an EU member, in Europe. */
const CODES: Record<Region | "", string> = {
  NA: "BMBMU CACAN GLGRL PMSPM USUSA",
  UK: "GBGBR GGGGY IMIMN JEJEY",
  EU: "BYBLR BGBGR CZCZE HUHUN MDMDA PLPOL ROROU RURUS SKSVK UAUKR AXALA DKDNK EEEST FOFRO FIFIN ISISL IEIRL LVLVA LTLTU NONOR SJSJM SESWE ALALB ADAND BABIH HRHRV GIGIB GRGRC VAVAT ITITA MTMLT MEMNE MKMKD PTPRT SMSMR RSSRB SISVN ESESP ATAUT BEBEL FRFRA DEDEU LILIE LULUX MCMCO NLNLD CHCHE CYCYP XKXKX",
  LATAM:
    "AIAIA AGATG AWABW BSBHS BBBRB BQBES KYCYM CUCUB CWCUW DMDMA DODOM GDGRD GPGLP HTHTI JMJAM MQMTQ MSMSR PRPRI BLBLM KNKNA LCLCA MFMAF VCVCT SXSXM TTTTO TCTCA VGVGB VIVIR BZBLZ CRCRI SVSLV GTGTM HNHND MXMEX NINIC PAPAN ARARG BOBOL BRBRA CLCHL COCOL ECECU FKFLK GFGUF GYGUY PYPRY PEPER SRSUR UYURY VEVEN",
  APAC: "KZKAZ KGKGZ TJTJK TMTKM UZUZB CNCHN HKHKG JPJPN KPPRK KRKOR MOMAC MNMNG TWTWN BNBRN KHKHM IDIDN LALAO MYMYS MMMMR PHPHL SGSGP THTHA TLTLS VNVNM AFAFG BDBGD BTBTN ININD IRIRN MVMDV NPNPL PKPAK LKLKA AUAUS CXCXR CCCCK NZNZL NFNFK FJFJI NCNCL PGPNG SBSLB VUVUT GUGUM KIKIR MHMHL FMFSM NRNRU MPMNP PWPLW ASASM CKCOK PFPYF NUNIU PNPCN WSWSM TKTKL TOTON TVTUV WFWLF",
  MEA: "AMARM AZAZE BHBHR GEGEO IQIRQ ILISR JOJOR KWKWT LBLBN OMOMN PSPSE QAQAT SASAU SYSYR TRTUR AEARE YEYEM DZDZA EGEGY LYLBY MAMAR SDSDN TNTUN EHESH IOIOT BIBDI KMCOM DJDJI ERERI ETETH KEKEN MGMDG MWMWI MUMUS YTMYT MZMOZ REREU RWRWA SCSYC SOSOM SSSSD TZTZA UGUGA ZMZMB ZWZWE AOAGO CMCMR CFCAF TDTCD CGCOG CDCOD GQGNQ GAGAB STSTP BWBWA SZSWZ LSLSO NANAM ZAZAF BJBEN BFBFA CVCPV CICIV GMGMB GHGHA GNGIN GWGNB LRLBR MLMLI MRMRT NENER NGNGA SHSHN SNSEN SLSLE TGTGO",
  "": "AQATA BVBVT TFATF HMHMD GSSGS UMUMI",
};

/** European Economic Area: EU members, Iceland, Liechtenstein, Norway, and the EU's outermost regions and Åland (Art. 355 TFEU), where the GDPR applies. */
const EEA = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO AX GF GP MQ RE YT MF";

const regions = new Map<string, Region | null>();
const alpha3 = new Map<string, string>();
for (const [region, codes] of Object.entries(CODES)) {
  for (const pair of codes.split(" ")) {
    regions.set(pair.slice(0, 2), region === "" ? null : (region as Region));
    alpha3.set(pair.slice(2), pair.slice(0, 2));
  }
}

/** Alpha-2 -> region; null for uninhabited lands. */
export const COUNTRY_REGIONS: ReadonlyMap<string, Region | null> = regions;
/** Alpha-3 -> alpha-2. */
export const ALPHA3: ReadonlyMap<string, string> = alpha3;
/** Alpha-2 codes where EEA data-protection law applies. */
export const EEA_COUNTRIES: ReadonlySet<string> = new Set(EEA.split(" "));

/** Spellings that no language table has, folded: informal, historic, and sub-national names that stand for their country. */
export const COUNTRY_ALIASES = `
US: usa, u s a, u s, us of a, america, united states of america, the united states, the united states of america, estados unidos de america, etats unis d amerique, vereinigte staaten von amerika, stati uniti d america, eeuu, ee uu, eua, e u a
GB: uk, u k, g b, great britain, britain, united kingdom of great britain and northern ireland, england, scotland, wales, northern ireland, grossbritannien, grande bretagne, gran bretana, gran bretagna, gra bretanha, groot brittannie, angleterre, inghilterra, inglaterra, engeland, schottland, cymru
DE: federal republic of germany, bundesrepublik deutschland, brd, duitsland
NL: holland, the netherlands, nederland, pays bas, hollande, olanda
CZ: czech republic, czechia, tschechische republik, ceska republika, cesko
KR: korea, south korea, republic of korea, korea republic of, korea south, korea rep
KP: north korea, democratic people s republic of korea, korea north, dprk
VN: viet nam, vietnam
RU: russian federation, russia
CN: prc, p r c, people s republic of china, china mainland, mainland china, peoples republic of china, china pr
TW: taiwan province of china, taiwan roc, chinese taipei, republic of china
HK: hong kong, hong kong sar, hongkong, hong kong china
MO: macau, macao
IE: eire, republic of ireland, irish republic, ireland republic of
CH: swiss, helvetia, confoederatio helvetica, svizzera, suisse, schweiz
AE: uae, u a e, emirates, dubai, abu dhabi
SA: ksa, kingdom of saudi arabia
TR: turkey, turkiye, republic of turkey
IR: iran, islamic republic of iran, iran islamic republic of
SY: syrian arab republic
LA: lao pdr, lao people s democratic republic
MD: moldova, republic of moldova, moldova republic of
MK: macedonia, north macedonia, fyrom, republic of north macedonia
TZ: tanzania, united republic of tanzania, tanzania united republic of
VE: venezuela, bolivarian republic of venezuela, venezuela bolivarian republic of
BO: bolivia, plurinational state of bolivia, bolivia plurinational state of
CD: drc, dr congo, democratic republic of the congo, democratic republic of congo, congo kinshasa, zaire, congo the democratic republic of the
CG: republic of the congo, congo brazzaville, congo
CI: ivory coast, cote d ivoire
CV: cape verde, cabo verde
SZ: swaziland, eswatini
MM: burma, myanmar
TL: east timor, timor leste
BN: brunei darussalam, brunei
PS: palestine, state of palestine, palestinian territories, palestine state of
VA: vatican, holy see, vatican city
FM: micronesia, federated states of micronesia, micronesia federated states of
GM: the gambia, gambia
BS: the bahamas, bahamas
BA: bosnia, bosnia herzegovina, bosnia and herzegovina
XK: kosovo, republic of kosovo
PH: the philippines, pilipinas
AU: aus, commonwealth of australia
NZ: aotearoa
MX: united mexican states, estados unidos mexicanos
BR: brasil, federative republic of brazil
IN: bharat, republic of india
SG: republic of singapore
ZA: rsa, republic of south africa
FR: french republic, republique francaise
BY: belarus, byelorussia, weissrussland
`;
