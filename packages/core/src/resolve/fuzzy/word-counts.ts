/** Company names that {@link BACKGROUND_COUNTS} was counted over. */
export const BACKGROUND_NAMES = 9_370;

/**
 * How many of {@link BACKGROUND_NAMES} different company names hold a word (as `stemOf` gives it); a line is a count and the words that
 * have it, words of fewer than four names left out. Counted over Fortune 1000 (2020), S&P 500 and NASDAQ common shares (2026), a fifth of
 * the People Data Labs head list of 2019 (CC BY 4.0) and cleanco's sample of registered names: counts only, no names.
 */
const TEXT = `
496 group
464 holding
331 university
302 technology
210 international
194 acquisition
174 therapeutic
158 bank
142 services
139 financial
136 energy
135 health
122 systems
117 bancorp
115 pharmaceuticals
98 global
94 school
83 industries medical
77 solutions
75 resources
71 national
67 college
63 state
60 capital
56 hospital
55 county
54 insurance
47 communications first
46 american
45 new
44 bioscience healthcare
43 partners
42 com enterprises power two
40 america city education
39 center
38 digital district foods laboratories life networks
37 department i
36 community
35 media trust
34 telecommunications us
31 home
30 general
29 ai brands gold india
28 bio canada investment science
27 pacific public
26 china council entertainment hotels one three united
25 business institute management properties
24 mineral saint security
23 e electronics mining products research resorts
22 air automotive central
21 britain electric logistics royal software
20 biopharma express southern venture
19 australia care government industrial west worldwide
18 development finance medicine motor petroleum western world
17 biotech federal mutual office t valley
16 engineering john north realty semiconductor
15 markets metal real
14 airline alliance california canadian child company consulting data mine red vision york
13 art board credit equity liberty mobile nhs restaurant universal water
12 advanced biotechnology chile estate family gas interactive line old oncology participacos republic south standard star steel
11 agency alpha blue cable celular four information nederland northern oil quantum san texas transportation
10 bankshare biotherapeutic florida hill infrastructure j material michigan mountain natural stores
9 arospace atlantic axa beverage century chemical construction eastern foundation future great kommune london maritime mexico park robotic s social sport strategy tata technical william wireless
8 airway brown church clean companhia consumer corporation cross cruise defense eagle environmental exploration fox france ful gaming green independent indonesia intelligent long manufacturing ministry net people river rock self smith trading travel unified union x
7 argentina banking black brasil c chicago club coca cola columbia commerce compania consolidated d delta design diagnostic dominion east farm fitness fund ge georgia imaging innovation internet marketing nova outdoor packaging professional robert royalty sale scientific silver super supply taylor tele trade washington work
6 all asia assurance attorney aurora big building cancer carolina carrier charle citizen coffee comercial computer contracting cooper crown disney empresa england force game good heritage horizon house imperial lake land lincoln m mercury nuclear o orange oxford part pioneer point police prefeitura pwc retail rio santa santander shipping sierra six sky space summit time v warner well
5 advantage africa allianz analytic applied asset associates association banker bay bbva beach biomedical borough boston broker bureau cantor catholic cloud columbus commercial commission creative critical culture device diamond dollar dynamic en estado factory farmer fedex franklin garden gemeente gobierno hawaiian hilton hospitality indian investor isd jame jersey kommun kpmg latin lifescience lloyd marine martin metropolitan micro midstream ministere ministerio morgan mortgage municipal none northwest online organization origin penn plain platform plus precision project railway region regional sao satellite seven solar spac stock storage sun telefonica telephone tower trinity verizon victoria wave willis zealand
4 ab abu academy aes affair aid allied aluminum amc americas area atlas austin australian authority automation battery beyond biologic brewery broadcasting brunswick cambridge car castle cat catalyst cf chartered clark coldwell computing connection consultant continental control court cti custom davis day deloitte dental depot deutsche dhabi discovery distribution dr elbit espirito european exchange fargo fidelity fire fortress freight frontier genetic gp growth h hanover harris harvard hcl hennessy high honeywell houston human hydro illinois income infotech instrument integrated iron johnson justice k law live living louis mary massachusett memorial merchant meridian metro mid midland minnesota montgomery montreal my nano nebraska neuroscience offshore ohio ontario p paulo performance personal philip picture pro processing provident prudential range raytheon reliance renewable rent reserve residential rockwell sand santo securitas shaw singapore son sony southwest spain spirit stad superior switzerland team television test tire titan title top toyota treasury tree trend tv twin universiti virginia yale
`;

/** Word -> number of names in the background that hold it. */
export const BACKGROUND_COUNTS: ReadonlyMap<string, number> = new Map(
  TEXT.trim()
    .split("\n")
    .flatMap((line) => {
      const [count, ...words] = line.split(" ");
      return words.map((word): [string, number] => [word, Number(count)]);
    }),
);
