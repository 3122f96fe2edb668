import type { Department, Seniority } from "./title-words.ts";

/** What a whole phrase means; `role` only where it differs from what department and seniority say (TAXONOMY 4.8). */
export type PhraseMeaning = readonly [phrases: string, department: Department | null, seniority: Seniority | null, role?: string];

/**
 * Phrases that mean something else, or more, than their words. Longer phrases win over shorter ones; `|` between alternatives. A phrase
 * with neither department nor seniority takes its words out of the reading ("go to market", "partner success").
 */
export const TITLE_PHRASES: readonly PhraseMeaning[] = [
  // Owners and founders. "owner" alone is judged by its neighbours in titles.ts.
  [
    "founder|cofounder|co founder|founders|fondateur|fondatrice|cofondateur|co fondateur|cofondatrice|fundador|fundadora|cofundador|co fundador|gründer|mitgründer|oprichter|medeoprichter|fondatore",
    "executive",
    "owner",
  ],
  [
    "co owner|business owner|small business owner|company owner|franchise owner|sole proprietor|proprietor|proprietress|owner operator|owner manager|owner director|franchisee|practice owner|shop owner|store owner|restaurant owner|salon owner|hotel owner|agency owner|studio owner|farm owner|gym owner|pharmacy owner|bar owner|pub owner|cafe owner|bakery owner|garage owner|clinic owner|part owner|majority owner",
    "executive",
    "owner",
  ],
  [
    "inhaber|mitinhaber|geschäftsinhaber|eigentümer|gesellschafter|geschäftsführender gesellschafter|gesellschafter geschäftsführer|propriétaire|propriétaire gérant|gérant propriétaire|associé gérant|dueño|dueña|propietario|propietaria|socio fundador|autónomo|eigenaar|eigenaresse|mede eigenaar|directeur eigenaar|directeur grootaandeelhouder|dga|zaakvoerder|titolare|proprietario|proprietária|proprietário|selbstständig|selbständig|self employed|freelancer|chef d'entreprise|cheffe d'entreprise|indépendant|zzp|zzper",
    "executive",
    "owner",
  ],
  ["product owner|technical product owner|digital product owner|senior product owner|producteigenaar", "product", "individual"],
  ["business process owner|global process owner|process owner|service owner", "operations", "individual"],
  ["data owner|system owner|application owner|platform owner|it service owner", "it", "individual"],
  ["founding engineer|founding designer", "engineering", "senior"],
  // Top management
  [
    "ceo|chief executive|chief executive officer|president|president and ceo|managing director|group managing director|general director|chairman|chairwoman|chairperson|chair of the board|executive chairman|vice chairman|deputy ceo|deputy managing director|joint managing director|country president|cxo|c e o",
    "executive",
    "c_level",
  ],
  [
    "geschäftsführer|geschäftsführender direktor|geschäftsführung|vorstand|vorstandsvorsitzender|vorstandsvorsitzende|vorstandsmitglied|mitglied des vorstands|mitglied der geschäftsleitung|mitglied der geschäftsführung|vorsitzender der geschäftsführung|generaldirektor|verwaltungsratspräsident|gf",
    "executive",
    "c_level",
  ],
  [
    "pdg|p d g|président|présidente|président directeur général|présidente directrice générale|directeur général|directrice générale|dg|gérant|gérante|directeur général délégué|directeur exécutif",
    "executive",
    "c_level",
  ],
  [
    "presidente|presidenta|presidente ejecutivo|director general|directora general|gerente general|gerenta general|consejero delegado|consejera delegada|administrador único|director gerente|directora gerente|amministratore delegato|amministratore unico|direttore generale|diretor geral|diretor executivo|diretor presidente",
    "executive",
    "c_level",
  ],
  [
    "algemeen directeur|directievoorzitter|statutair directeur|voorzitter|bestuurder|bestuursvoorzitter|gedelegeerd bestuurder|lid van de directie|lid raad van bestuur",
    "executive",
    "c_level",
  ],
  [
    "general manager|gm|gen manager|country manager|managing executive|regional general manager|area general manager",
    "executive",
    "director",
    "decider",
  ],
  [
    "executive director|prokurist|prokuristin|directeur exécutif adjoint|director ejecutivo|directora ejecutiva",
    "executive",
    "director",
    "executive_sponsor",
  ],
  [
    "board member|member of the board|board director|non executive director|nonexecutive director|independent director|supervisory board member|aufsichtsrat|aufsichtsratsmitglied|verwaltungsrat|consejero|commissaris",
    "executive",
    "director",
    "influencer",
  ],
  ["chief of staff|chief of staff to the ceo|stabschef", "executive", "director", "influencer"],
  [
    "mayor|secretary general|general secretary|generalsekretär|secrétaire général|secrétaire générale|secretario general|superintendent of schools|school superintendent",
    "executive",
    "c_level",
  ],
  ["office of the ceo|founders office|founder office|ceo office|office of the president", "executive", "individual"],
  ["founders associate|founder associate", "executive", "individual"],
  // Chiefs by function
  [
    "cfo|c f o|chief financial officer|chief finance officer|finanzvorstand|kaufmännischer geschäftsführer|kaufmännische geschäftsführerin",
    "finance",
    "c_level",
  ],
  ["coo|chief operating officer|chief operations officer|chief operation officer", "operations", "c_level", "decider"],
  ["cto|chief technology officer|chief technical officer", "engineering", "c_level", "technical_evaluator"],
  [
    "cio|ciso|cdo|cto it|chief information officer|chief information security officer|chief digital officer|chief data officer|chief security officer|chief information technology officer",
    "it",
    "c_level",
    "technical_evaluator",
  ],
  ["cmo|chief marketing officer|chief brand officer|chief communications officer", "marketing", "c_level"],
  ["cro|chief revenue officer|chief sales officer|chief commercial officer|vertriebsvorstand", "sales", "c_level"],
  ["cco|cso|cao", null, "c_level"],
  ["chief administrative officer", "administrative", "c_level", "executive_sponsor"],
  ["chief strategy officer|chief business officer|chief business development officer", "business_development", "c_level"],
  [
    "chro|cho|chief people officer|chief human resources officer|chief hr officer|personalvorstand|arbeitsdirektor",
    "hr",
    "c_level",
  ],
  ["chief product officer", "product", "c_level"],
  ["cpo|chief procurement officer|chief purchasing officer|chief sourcing officer", "procurement", "c_level"],
  [
    "clo|chief legal officer|chief compliance officer|chief privacy officer|chief risk and compliance officer",
    "legal",
    "c_level",
  ],
  [
    "chief customer officer|chief experience officer|chief customer experience officer|chief client officer",
    "customer_support",
    "c_level",
  ],
  ["chief medical officer|chief nursing officer|chief academic officer|chief nurse", "other", "c_level"],
  ["chief accountant|chief accounting officer|chefbuchhalter|jefe de contabilidad|chef comptable", "finance", "head"],
  ["chief engineer|chief architect|chief technologist|chief scientist|chefkonstrukteur|chefingenieur", "engineering", "lead"],
  // Partners of firms; a bare "partner" is judged by its neighbours in titles.ts.
  [
    "managing partner|senior partner|founding partner|equity partner|general partner|associate partner|limited partner|law partner|tax partner|audit partner|co partner|operating partner|venture partner|advisory partner|senior managing partner|associé|associée|socio|socia|socio director|vennoot|partner im bereich",
    null,
    "partner",
  ],
  [
    "business partner|hr business partner|people partner|talent partner|human resources business partner|people business partner",
    "hr",
    "individual",
  ],
  ["finance business partner|financial business partner|commercial finance partner", "finance", "individual"],
  ["it business partner|technology business partner", "it", "individual"],
  ["delivery partner|sales partner|channel sales partner|technology partner|strategic partner|solution partner", null, null],
  // Sales
  [
    "account executive|account representative|account exec|key account executive|ae|sdr|bdr|sales representative|sales rep|sales agent|sales associate|salesperson|salesman|saleswoman|telemarketer|vertreter|handelsvertreter|verkäufer|verkaeufer|vertriebsmitarbeiter|außendienstmitarbeiter|vendeur|vendeuse|vrp|commercial sédentaire|commercial itinérant|technico commercial|technico commerciale|ingénieur commercial|attaché commercial|attachée commerciale|vendedor|vendedora|agente comercial|representante comercial|verkoper|verkoopster|accountant verkoop|venditore|agente di commercio|cashier|kassierer",
    "sales",
    "individual",
  ],
  [
    "key account manager|account manager|accountmanager|key accountmanager|kam|account manageress|responsable grands comptes|chargé de clientèle|chargée de clientèle|ejecutivo de cuentas|ejecutiva de cuentas",
    "sales",
    "manager",
  ],
  ["account director|client partner", "sales", "director"],
  [
    "sales engineer|solutions engineer|solution engineer|presales engineer|pre sales engineer|vertriebsingenieur|sales executive|sales consultant|sales support specialist",
    "sales",
    "individual",
  ],
  [
    "real estate agent|realtor|insurance agent|insurance broker|travel agent|makler|immobilienmakler|broker",
    "sales",
    "individual",
  ],
  ["category manager|category buyer|catman", "procurement", "manager"],
  ["vendor manager|vendor management|supplier manager|lieferantenmanager", "procurement", "manager", "gatekeeper"],
  [
    "buyer|senior buyer|purchaser|purchasing agent|purchasing officer|procurement officer|media procurement|einkäufer|einkaeufer|strategischer einkäufer|acheteur|acheteuse|approvisionneur|approvisionneuse|comprador|compradora|inkoper|inkoopster|buyer compratore|responsabile acquisti junior",
    "procurement",
    "individual",
  ],
  ["procurement engineer|sourcing engineer|supplier quality engineer", "procurement", "individual"],
  ["media buyer|media planner", "marketing", "individual"],
  [
    "business analyst|business systems analyst|systems analyst|data analyst|data scientist|data engineer|bi developer|bi analyst",
    "it",
    "individual",
  ],
  [
    "system administrator|systems administrator|sysadmin|network administrator|database administrator|dba|it administrator|systemadministrator|administrateur système|administrateur systèmes et réseaux|administrador de sistemas|systeembeheerder|netwerkbeheerder|applicatiebeheerder|sap consultant|it consultant|erp consultant|salesforce administrator|salesforce consultant|webmaster|web developer|it specialist|it technician|informatiker|fachinformatiker|wirtschaftsinformatiker|informaticien|informaticienne|informático",
    "it",
    "individual",
  ],
  [
    "network engineer|systems engineer|system engineer|devops engineer|cloud engineer|security engineer|site reliability engineer|sre|it engineer|infrastructure engineer|network architect|cloud architect|solution architect|solutions architect|enterprise architect|software architect|it architekt|it architect|architecte si|security analyst",
    "it",
    "individual",
  ],
  [
    "dsi|directeur des systèmes d'information|directrice des systèmes d'information|directeur des systemes d information|director de sistemas|director de tecnología",
    "it",
    "director",
  ],
  ["rssi|responsable informatique|ict manager|responsable de sistemas", "it", "manager"],
  ["it director|director of it|director of information technology", "it", "director"],
  [
    "support engineer|technical support engineer|customer success engineer|field service engineer|service engineer|service technician|field engineer|servicetechniker|field service technician|customer service representative|csr|csm representative",
    "customer_support",
    "individual",
  ],
  ["customer success manager|csm", "customer_support", "manager"],
  [
    "engineer|ingenieur|ingénieur|ingénieure|ingeniero|ingeniera|ingegnere|engenheiro|developer|programmer|software engineer|software developer|entwickler|softwareentwickler|anwendungsentwickler|konstrukteur|développeur|développeuse|desarrollador|desarrolladora|programador|ontwikkelaar|softwareontwikkelaar|draftsman|drafter|architect|architekt|architecte|arquitecto|tester|machinist|mechanical designer|electronics technician|swe|research scientist|r d scientist",
    "engineering",
    "individual",
  ],
  ["staff engineer|staff software engineer|principal engineer|principal software engineer", "engineering", "senior"],
  [
    "engineering manager|quality manager|qualitätsmanager|responsable qualité|jefe de calidad|r d manager",
    "engineering",
    "manager",
  ],
  ["technischer leiter|technische leitung|responsable technique|hoofd techniek", "engineering", "head"],
  [
    "directeur technique|directrice technique|director técnico|technisch directeur|technischer direktor|direttore tecnico|technical director",
    "engineering",
    "director",
  ],
  // Finance
  [
    "accountant|bookkeeper|senior accountant|staff accountant|auditor|internal auditor|actuary|underwriter|bank teller|teller|loan officer|buchhalter|finanzbuchhalter|bilanzbuchhalter|lohnbuchhalter|steuerberater|steuerfachangestellter|wirtschaftsprüfer|comptable|aide comptable|contable|contador|contadora|boekhouder|ragioniere|contabile|financial analyst|financial advisor|financial adviser|investment banker|economist|credit controller",
    "finance",
    "individual",
  ],
  [
    "controller|financial controller|finance controller|comptroller|contrôleur de gestion|contrôleuse de gestion|kontroller|group controller|treasurer|trésorier|tesorero|schatzmeister|penningmeester",
    "finance",
    "manager",
    "economic_buyer",
  ],
  [
    "daf|raf|directeur administratif et financier|directrice administrative et financière|directeur financier|directrice financière|director financiero|directora financiera|director de administración y finanzas|financieel directeur|finance director|direttore finanziario|diretor financeiro",
    "finance",
    "director",
    "economic_buyer",
  ],
  ["kaufmännischer leiter|kaufmännische leitung|kaufmännische leiterin", "finance", "head", "economic_buyer"],
  // Legal
  [
    "lawyer|attorney|solicitor|barrister|counsel|legal counsel|corporate counsel|in house counsel|paralegal|notary|rechtsanwalt|rechtsanwältin|anwalt|anwältin|syndikus|justiziar|syndikusrechtsanwalt|jurist|juristin|notar|avocat|avocate|juriste|notaire|abogado|abogada|notario|advocaat|avvocato|advogado|dpo|data protection officer|datenschutzbeauftragter|company secretary|corporate secretary|judge|patent attorney",
    "legal",
    "individual",
  ],
  [
    "general counsel|group general counsel|deputy general counsel|head of legal|chefjurist|chefsyndikus|leiter recht",
    "legal",
    "head",
  ],
  ["directeur juridique|directrice juridique|director jurídico", "legal", "director"],
  // Marketing, product, projects, people
  [
    "copywriter|graphic designer|graphiste|grafikdesigner|diseñador gráfico|pr specialist|publicist|webdesigner|web designer|social media manager assistant|photographer|fotograf|community manager",
    "marketing",
    "individual",
  ],
  [
    "product manager|produktmanager|productmanager|technical product manager|chef de produit|cheffe de produit|jefe de producto|product line manager|group product manager|responsable produit",
    "product",
    "manager",
  ],
  ["product designer|ux designer|ui designer|ux researcher|ux ui designer", "product", "individual"],
  [
    "product marketing manager|brand manager|markenmanager|chef de marque|growth hacker|marketing operations manager",
    "marketing",
    "manager",
  ],
  [
    "project manager|projectmanager|projektmanager|projektleiter|projektleitung|projectleider|program manager|programme manager|technical project manager|it project manager|chef de projet|cheffe de projet|chef de projets|jefe de proyecto|jefe de proyectos|jefa de proyecto|gestor de proyectos|bauleiter|conducteur de travaux|chef de chantier|construction manager|gerente de proyectos|technical program manager|it projektleiter|capo progetto|gerente de projetos|projekt manager|project leader",
    "project_management",
    "manager",
  ],
  ["scrum master|agile coach|project coordinator", "project_management", "individual"],
  ["drh|directeur des ressources humaines|directrice des ressources humaines|hr director", "hr", "director"],
  ["rrh|personalleiter|personalleitung|personalreferent leiter", "hr", "head"],
  [
    "recruiter|talent acquisition specialist|personalreferent|personalsachbearbeiter|chargé de recrutement|personeelsfunctionaris|headhunter",
    "hr",
    "individual",
  ],
  // Operations
  [
    "plant manager|factory manager|works manager|production manager|werksleiter|werkleiter|betriebsleiter|produktionsleiter|fertigungsleiter|directeur d'usine|directeur d usine|jefe de planta|jefe de producción|director de planta|gerente de planta|productieleider|responsable de production",
    "operations",
    "manager",
    "technical_evaluator",
  ],
  [
    "store manager|shop manager|branch manager|site manager|restaurant manager|hotel manager|filialleiter|filialleitung|marktleiter|lagerleiter|niederlassungsleiter|standortleiter|hoteldirektor|directeur de magasin|responsable de magasin|directeur d'agence|jefe de tienda|gerente de tienda|filiaalmanager|bedrijfsleider|bedrijfsmanager|magazijnchef|hausmeister leiter|facility manager|facilities manager|assistant store manager|warehouse manager|jefe de almacén|supply chain manager",
    "operations",
    "manager",
  ],
  [
    "driver|truck driver|warehouse worker|picker|forklift operator|machine operator|dispatcher|fahrer|kraftfahrer|lkw fahrer|lagerist|fachlagerist|hausmeister|caretaker|janitor|chauffeur|magasinier|cariste|conductor|carnicero|mozo de almacén|magazijnmedewerker|store clerk|order administrator|mechanic|mechaniker|elektriker|electrician|électricien|plumber|carpenter|welder|schlosser|mécanicien|mecánico|security guard|cleaner|baker|bäcker|butcher|farmer|landwirt",
    "operations",
    "individual",
  ],
  [
    "chef|head chef|executive chef|sous chef|cook|koch|küchenchef|chef de cuisine|chef de partie|cuisinier|cocinero|kok|waiter|waitress|bartender|barista|kellner|serveur|camarero|ober",
    "other",
    "individual",
    "user",
  ],
  // Office
  [
    "office manager|officemanager|büroleiter|bureau manager|office manageress|office administrator|office coordinator|assistant office manager",
    "administrative",
    "manager",
  ],
  [
    "executive assistant|personal assistant|administrative assistant|office assistant|virtual assistant|team assistant|teamassistent|admin assistant|receptionist|front desk agent|rezeptionist|empfangsmitarbeiter|executive secretary|chefsekretär|chefsekretärin|direktionsassistent|vorstandsassistent|geschäftsführungsassistent|fremdsprachensekretärin|bürokauffrau|bürokaufmann|kauffrau für büromanagement|kaufmann für büromanagement|bürofachkraft|assistant de direction|assistante de direction|assistant administratif|assistante administrative|secrétaire de direction|hôtesse d'accueil|asistente ejecutivo|asistente ejecutiva|asistente administrativo|asistente administrativa|asistente de dirección|asistente de gerencia|auxiliar administrativo|auxiliar administrativa|recepcionista|administrativo|administrativa|directiesecretaresse|directiesecretaris|directieassistent|directie assistent|managementassistent|management assistent|management assistant|receptioniste|receptionist|telefonist|data entry clerk|segretaria|segretario|assistente di direzione|office clerk|postal clerk",
    "administrative",
    "individual",
    "gatekeeper",
  ],
  // Understood to be none of the others
  [
    "nurse|registered nurse|rn|staff nurse|nurse practitioner|physician|doctor|medical doctor|surgeon|dentist|pharmacist|therapist|physiotherapist|psychologist|veterinarian|paramedic|krankenschwester|krankenpfleger|pflegefachkraft|arzt|ärztin|zahnarzt|apotheker|infirmier|infirmière|médecin|pharmacien|dentiste|enfermero|enfermera|médico|médica|farmacéutico|verpleegkundige|arts|huisarts|tandarts|teacher|professor|lecturer|tutor|lehrer|lehrerin|dozent|professeur|enseignant|enseignante|profesor|profesora|maestro|maestra|docent|leraar|librarian|bibliothekar|police officer|firefighter|soldier|social worker|sozialarbeiter|journalist|journaliste|periodista|reporter|editor|artist|musician|actor|author|pastor|priest|pfarrer|coach|personal trainer|hairdresser|friseur|stylist|flight attendant|pilot|translator|übersetzer|traducteur|interpreter|scientist|postdoc|researcher|phd candidate",
    "other",
    "individual",
  ],
  [
    "nurse manager|head nurse|charge nurse|chefarzt|oberarzt|pflegedienstleitung|director of nursing|stationsleitung|medical director|clinical director|editor in chief|chefredakteur|rédacteur en chef|schulleiter|head teacher|vice principal|deputy head teacher|headteacher|school principal|headmaster|rektor|dekan|dean|police chief|fire chief|chief of police|kita leitung",
    "other",
    "head",
    "user",
  ],
  // Understood to say nothing
  [
    "go to market|partner success|owner relations|owner services|owner experience|owner engagement|owner support|owner care|business to business|homeowner|home owner|dog owner|cat owner|budget owner|risk owner|control owner|content owner|scrum owner|backlog owner|feature owner|project owner|journey owner|channel owner|value stream owner|epic owner|story owner",
    null,
    null,
  ],
  [
    "retired|pensioner|rentner|retraité|jubilado|gepensioneerd|unemployed|homemaker|hausfrau|job seeker|seeking opportunities|open to work|looking for",
    null,
    null,
  ],
];
