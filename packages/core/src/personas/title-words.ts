/** Departments of a contact. `other` = understood to be none of the others (a nurse, a teacher), never "not understood". */
export const DEPARTMENTS = [
  "executive",
  "it",
  "engineering",
  "operations",
  "finance",
  "legal",
  "sales",
  "marketing",
  "business_development",
  "consulting",
  "project_management",
  "product",
  "hr",
  "procurement",
  "administrative",
  "customer_support",
  "other",
] as const;
export type Department = (typeof DEPARTMENTS)[number];

/** Seniorities, highest first. */
export const SENIORITIES = [
  "owner",
  "c_level",
  "partner",
  "vp",
  "director",
  "head",
  "lead",
  "manager",
  "senior",
  "individual",
  "junior",
] as const;
export type Seniority = (typeof SENIORITIES)[number];

/**
 * Words and phrases that name a department, `|` between them, as they are written (case and accents do not matter; German umlauts also
 * match as ae, oe, ue). They start German and Dutch compounds too: `Einkauf` + `Leiter` is `Einkaufsleiter`. en, de, fr, es, nl, some it and pt.
 */
export const DEPARTMENT_WORDS: Readonly<Partial<Record<Department, string>>> = {
  it: "it|ict|edv|information technology|information systems|information security|information services|cyber security|cybersecurity|infosec|infrastructure|network|networks|cloud|devops|systems|database|data center|data engineering|data science|business intelligence|erp|sap|crm|salesforce administrator|web development|digital transformation|informatik|informationstechnik|informationstechnologie|informatique|systèmes d'information|systeme d'information|informática|sistemas|tecnologías de la información|tecnología|ti|automatisering|datenbank|netzwerk|netwerk|system|it security|it operations|it infrastructure|it service|it services|it support|it service management|technology",
  engineering:
    "engineering|software|software development|r&d|r d|research and development|research development|research & development|quality assurance|quality|quality control|qa|mechanical|electrical|design engineering|hardware|embedded|automation|entwicklung|softwareentwicklung|forschung und entwicklung|forschung|konstruktion|qualität|qualitätssicherung|qualitätsmanagement|technik|ingénierie|recherche et développement|qualité|développement logiciel|ingeniería|investigación y desarrollo|calidad|desarrollo de software|engineering en|kwaliteit|softwareontwikkeling|plant engineering|process engineering|maintenance engineering|backend|frontend|full stack|machine learning|robotics",
  operations:
    "operations|operational|operation|production|manufacturing|plant|factory|logistics|supply chain|supply chain management|warehouse|warehousing|distribution|fulfillment|fulfilment|shipping|transport|transportation|fleet|facility|facilities|facility management|facilities management|maintenance|inventory|store|stores|shop|branch|site|restaurant|hotel|food and beverage|food & beverage|f b|housekeeping|kitchen|order|orders|order management|order processing|materials|demand planning|supply planning|planning|export|import|import export|produktion|fertigung|betrieb|werk|logistik|lager|versand|instandhaltung|facility|filial|filiale|niederlassung|markt|lieferkette|disposition|exploitation|logistique|entrepôt|magasin|usine|fabrication|agence|chaîne logistique|maintenance industrielle|services généraux|operaciones|producción|logística|almacén|planta|tienda|cadena de suministro|mantenimiento|productie|logistiek|magazijn|bedrijf|filiaal|winkel|onderhoud|vestiging|health and safety|health safety|hse|ehs|operazioni|produzione|logistica|operações|produção|estate|building|security operations|catering|retail operations|business operations",
  finance:
    "finance|financial|accounting|accounts|accounts payable|accounts receivable|payroll|treasury|tax|audit|controlling|fp&a|fp a|financial planning|investor relations|billing|credit|risk|risk management|bookkeeping|finanzen|finanz|buchhaltung|rechnungswesen|finanzbuchhaltung|steuern|steuer|kreditoren|debitoren|finances|financier|financière|comptabilité|comptable|trésorerie|contrôle de gestion|administratif et financier|administrative et financière|administration and finance|finanzas|financiero|financiera|contabilidad|tesorería|administración y finanzas|financiën|financieel|boekhouding|administratie en financiën|kaufmännischer|kaufmännische|amministrazione|finanza|financeiro|financeira|underwriting|loan|banking|wealth management",
  legal:
    "legal|legal affairs|compliance|privacy|data protection|regulatory|regulatory affairs|contracts|contract|intellectual property|litigation|recht|rechtsabteilung|datenschutz|juridique|affaires juridiques|conformité|jurídico|jurídica|legales|cumplimiento|juridisch|juridische zaken|governance|ethics|patent",
  sales:
    "sales|account|accounts management|account management|key account|key accounts|key account management|inside sales|field sales|channel|channel sales|presales|pre sales|revenue|revenue operations|sales operations|sales enablement|sales development|telesales|commercial|territory|wholesale|retail sales|sales support|sales administration|sales training|sales and marketing|vertrieb|verkauf|verkäufe|außendienst|innendienst|vertriebsinnendienst|vertriebsaußendienst|ventes|vente|commerciale|comptes clés|grands comptes|ventas|comercial|cuentas|verkoop|commercieel|buitendienst|binnendienst|vendite|commerciale|vendas|regional sales|national sales|customer acquisition",
  marketing:
    "marketing|digital marketing|product marketing|brand|branding|communications|communication|corporate communications|public relations|pr|media|social media|content|content marketing|advertising|demand generation|lead generation|demand gen|lead gen|growth marketing|growth|seo|sem|events|event|creative|e commerce|ecommerce|online marketing|campaign|market research|public affairs|trade marketing|marketing operations|merchandising|kommunikation|werbung|unternehmenskommunikation|öffentlichkeitsarbeit|presse|onlinemarketing|marque|publicité|marketing digital|relations publiques|mercadeo|mercadotecnia|comunicación|publicidad|communicatie|reclame|comunicazione|comunicação|email marketing|performance marketing|partner marketing|insights",
  business_development:
    "business development|biz dev|bizdev|new business|partnerships|partnership|partner|partners|strategic alliances|alliances|strategic partnerships|corporate development|mergers and acquisitions|m a|m&a|corporate strategy|strategy|geschäftsentwicklung|unternehmensentwicklung|strategie|développement commercial|développement des affaires|stratégie|desarrollo de negocio|desarrollo de negocios|estrategia|partner management|channel partner|channel partners|channel partnerships|expansion",
  project_management:
    "project|projects|project management|program|programme|program management|programme management|pmo|projekt|projektmanagement|projet|projets|proyecto|proyectos|projectmanagement|progetti|projetos|bau|change management|agile|scrum|portfolio management",
  product:
    "product|products|product management|product development|product design|user experience|ux|ui|ux design|produkt|produktmanagement|produktentwicklung|produit|produits|producto|productos|productmanagement|prodotto|produto|category marketing",
  hr: "hr|human resources|human resource|people|people operations|people and culture|people culture|talent|talent acquisition|talent management|recruiting|recruitment|recruiter|learning and development|learning development|training|training and development|compensation and benefits|compensation benefits|employee relations|organizational development|diversity and inclusion|hr business|personal|personalwesen|personalabteilung|personalentwicklung|ausbildung|ressources humaines|rh|recrutement|formation|recursos humanos|rrhh|selección|formación|personeel|personeelszaken|p&o|p o|risorse umane",
  procurement:
    "procurement|purchasing|purchase|purchases|sourcing|strategic sourcing|global sourcing|buying|category|category management|supplier|suppliers|supplier management|supplier relations|supplier quality|indirect procurement|direct procurement|procure to pay|source to pay|procurement operations|supply management|spend management|tendering|einkauf|beschaffung|materialwirtschaft|strategischer einkauf|operativer einkauf|warengruppen|achats|achat|approvisionnement|approvisionnements|compras|adquisiciones|abastecimiento|aprovisionamiento|inkoop|acquisti|aprovisionamentos|contracts and procurement|it procurement|purchasing and logistics",
  administrative:
    "administration|office administration|office|front office|back office|front desk|reception|empfang|sekretariat|accueil|secrétariat|recepción|secretaría|receptie|secretariaat|verwaltung|büro|administrative|administratie|facilitair|mailroom",
  customer_support:
    "customer service|customer services|customer support|customer success|customer care|customer experience|customer operations|customer relations|client services|client service|client success|client support|client relations|technical support|tech support|support|help desk|helpdesk|service desk|call center|call centre|contact center|contact centre|after sales|aftersales|field service|member services|guest services|guest relations|service delivery|kundenservice|kundendienst|kundenbetreuung|kundenerfolg|service client|relation client|service clients|après vente|sav|atención al cliente|servicio al cliente|klantenservice|klantenbeheer|klantendienst|assistenza clienti|atendimento",
  executive:
    "board|board of directors|general management|geschäftsführung|geschäftsleitung|vorstand|direktion|direction générale|direction|dirección general|dirección|gerencia general|directie|raad van bestuur|executive office|executive committee|comité de direction|aufsichtsrat",
  other:
    "nursing|clinical|medical|surgery|pharmacy|teaching|education|academic|faculty|school|patient care|dental|veterinary|editorial|news|church|ministry|military|police|fire|library|sports|athletics|music|theatre",
};

/** Departments that give way to any other in the same phrase: "Sales Consultant" is sales, "Technical Project Manager" project management. */
export const WEAK_DEPARTMENT_WORDS: Readonly<Partial<Record<Department, string>>> = {
  it: "data|digital|information|applications|application|web",
  engineering: "technical|technique|técnico|técnica|technisch|technischer|technische|research|science|process|design|innovation",
  operations: "service|services|delivery|safety|regional operations",
  sales: "business|customer|customers|client|clients|market|kunden",
  administrative: "administratif|administrative services|administrativo|administrativa",
  consulting: "consulting|advisory|beratung|conseil|consultoría|advies|unternehmensberatung",
};

/** Words that state a seniority and no department. */
export const SENIORITY_WORDS: Readonly<Partial<Record<Seniority, string>>> = {
  vp: "vp|svp|evp|avp|vice president|vice pres|vicepresident|senior vice president|executive vice president|assistant vice president|associate vice president|group vice president|vice président|vice présidente|vicepresidente|vicepresidenta|vice presidente|vizepräsident|directeur général adjoint|directrice générale adjointe",
  director:
    "director|dir|directors|senior director|managing principal|directeur|directrice|director ejecutivo adjunto|directora|direktor|bereichsdirektor|direttore|direttrice|diretor|diretora|associate director|deputy director|assistant director|executive director|group director|subdirector|subdirectora|sous directeur",
  head: "head|leiter|leitung|leitende|bereichsleiter|bereichsleitung|abteilungsleiter|abteilungsleitung|ressortleiter|hauptabteilungsleiter|hoofd|chief|global head|deputy head|kopf|responsabile generale|leitender",
  lead: "lead|leader|team lead|team leader|teamlead|tech lead|technical lead|squad lead|shift leader|supervisor|superviseur|supervisora|foreman|forewoman|teamleiter|teamleitung|gruppenleiter|gruppenleitung|schichtleiter|meister|vorarbeiter|chef d'équipe|chef d equipe|chef de groupe|jefe de equipo|líder|líder de equipo|teamleider|ploegleider|voorman|leider|captain|group leader|section head|capo",
  manager:
    "manager|mgr|mngr|senior manager|managers|gerente|gerenta|jefe|jefa|jefe de sección|responsable|encargado|encargada|chef de service|chef de département|chef de secteur|chef des|chef du|chef de|gestionnaire|afdelingsmanager|afdelingshoofd|responsabile|coordinatore generale|managerin|superintendent|assistant manager|deputy manager|leidinggevende|vestigingsmanager|verantwortlicher|beauftragter leiter",
  senior: "senior|sr|snr|principal|sénior|confirmé|experienced|distinguished|fellow",
  individual:
    "specialist|analyst|coordinator|co ordinator|representative|rep|agent|executive|officer|clerk|technician|associate|consultant|adviser|advisor|planner|expert|operator|scientist|researcher|generalist|strategist|administrator|admin|worker|member|professional|practitioner|inspector|auditor|trainer|instructor|writer|editor|designer|sachbearbeiter|sachbearbeitung|mitarbeiter|referent|spezialist|berater|koordinator|fachkraft|techniker|angestellter|angestellte|kaufmann|kauffrau|beauftragter|beauftragte|disponent|chargé|chargée|chargé de|chargée de|conseiller|conseillère|technicien|technicienne|spécialiste|agente|especialista|analista|coordinador|coordinadora|técnico de|consultor|consultora|asesor|asesora|representante|medewerker|specialiste|adviseur|vertegenwoordiger|coördinator|impiegato|addetto|analyste|attaché|attachée|employé|employée|opérateur|monteur|operario|controller assistant|partnerbetreuer|betreuer|verkäuferin",
  junior:
    "junior|jr|jnr|trainee|intern|internship|apprentice|graduate|student|entry level|werkstudent|praktikant|praktikum|auszubildender|auszubildende|azubi|volontär|lehrling|stagiaire|alternant|alternante|apprenti|apprentie|étudiant|étudiante|becario|becaria|practicante|aprendiz|estudiante|pasante|stagiair|leerling|stagista|estagiário|working student|placement student",
};

/** Junior words that hold whatever else the title says: a "Marketing Manager Intern" is no manager. */
export const JUNIOR_ALWAYS: ReadonlySet<string> = new Set(
  "junior|jr|jnr|trainee|intern|internship|apprentice|student|werkstudent|praktikant|praktikum|auszubildender|auszubildende|azubi|volontar|volontaer|lehrling|stagiaire|alternant|alternante|apprenti|apprentie|etudiant|etudiante|becario|becaria|practicante|aprendiz|estudiante|pasante|stagiair|leerling|stagista|estagiario|working student|placement student".split(
    "|",
  ),
);

/** Words for somebody's assistant. Before a manager's title they lower nothing ("Assistant Director"); of a leader they make a gatekeeper. */
export const ASSISTANT_WORDS =
  "assistant|assistants|asst|aide|assistent|assistenz|assistante|asistente|assistente|assistentin|auxiliar|ayudante|sekretär|sekretärin|secretary|secrétaire|secretaria|secretario|secretaresse|secretaris|pa|ea";

/** Words that start compounds before an ending and are no department: what the compound then means. */
export const COMPOUND_ENDINGS: readonly string[] = [
  "leiter",
  "leitung",
  "leider",
  "manager",
  "management",
  "direktor",
  "directeur",
  "chef",
  "referent",
  "assistent",
  "assistenz",
  "assistente",
  "sachbearbeiter",
  "mitarbeiter",
  "medewerker",
  "berater",
  "spezialist",
  "specialist",
  "ingenieur",
  "techniker",
  "koordinator",
  "beauftragter",
  "beauftragte",
  "experte",
  "controller",
  "planer",
  "adviseur",
  "consultant",
  "sekretar",
  "meister",
  "kaufmann",
  "kauffrau",
  "vorstand",
  "partner",
  "hoofd",
  "analyst",
  "supervisor",
  "trainee",
  "praktikant",
];
