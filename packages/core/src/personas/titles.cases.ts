/** Titles and what they say: `title > department seniority role`, `-` = not understood. Separators inside titles are as people write them. */
export const TITLE_CASES = `
CEO > executive c_level decider
Chief Executive Officer > executive c_level decider
C.E.O. > executive c_level decider
President > executive c_level decider
President & CEO > executive c_level decider
Founder > executive owner decider
Co-Founder > executive owner decider
Founder & CEO > executive owner decider
Founder and CTO > engineering owner decider
Owner > executive owner decider
OWNER > executive owner decider
Owner/marketing assistant > executive owner decider
Owner/Marketing Assistant > executive owner decider
Owner & Head Chef > executive owner decider
Owner, Operator > executive owner decider
Owner-Operator > executive owner decider
Business Owner > executive owner decider
Restaurant Owner > executive owner decider
Product Owner > product individual -
Senior Product Owner > product individual -
Technical Product Owner > product individual -
Process Owner > operations individual user
Data Owner > it individual technical_evaluator
Risk Owner > - - -
Dog Owner > - - -
Owner Relations Manager > - manager -
Managing Director > executive c_level decider
Managing Partner > - partner decider
Partner > - partner decider
Senior Partner > - partner decider
Partner at Example Law > - partner decider
Tax Partner > - partner decider
Partner, Tax > finance partner decider
Partner Manager > business_development manager influencer
Channel Partner Manager > business_development manager influencer
Partner Marketing Manager > marketing manager influencer
HR Business Partner > hr individual -
Finance Business Partner > finance individual influencer
Sales Partner > - - -
Vice President > - vp executive_sponsor
VP > - vp executive_sponsor
V.P. Sales > sales vp executive_sponsor
VP Sales > sales vp executive_sponsor
VP of Engineering > engineering vp executive_sponsor
Vice President of Marketing > marketing vp executive_sponsor
Vice President, Human Resources > hr vp executive_sponsor
Senior Vice President, Operations > operations vp executive_sponsor
EVP & General Counsel > legal vp legal_compliance
SVP Finance > finance vp economic_buyer
VP Finance > finance vp economic_buyer
VP Sourcing > procurement vp buyer
Assistant Vice President > - vp executive_sponsor
Assistant to the Vice President > administrative individual gatekeeper
Vice Chairman > executive c_level decider
Past President > - - -
Former CEO > - - -
ex-CEO > - - -
Retired > - - -
CFO > finance c_level economic_buyer
Chief Financial Officer > finance c_level economic_buyer
COO > operations c_level decider
CTO > engineering c_level technical_evaluator
CIO > it c_level technical_evaluator
CISO > it c_level technical_evaluator
Chief Information Security Officer > it c_level technical_evaluator
CMO > marketing c_level executive_sponsor
Chief Revenue Officer > sales c_level executive_sponsor
Chief People Officer > hr c_level executive_sponsor
Chief Product Officer > product c_level executive_sponsor
Chief Procurement Officer > procurement c_level buyer
CPO > procurement c_level buyer
Chief Legal Officer > legal c_level legal_compliance
Chief of Staff > executive director influencer
Chief Engineer > engineering lead technical_evaluator
Chief Accountant > finance head economic_buyer
CEO & Head of Sales > executive c_level decider
CEO at Sales Consulting Example > executive c_level decider
CEO @ Example Marketing > executive c_level decider
Assistant to the CEO > administrative individual gatekeeper
Assistant to CEO > administrative individual gatekeeper
Executive Assistant to the CEO > administrative individual gatekeeper
Executive Assistant > administrative individual gatekeeper
Personal Assistant to Managing Director > administrative individual gatekeeper
PA to the CFO > administrative individual gatekeeper
Secretary > administrative individual gatekeeper
Company Secretary > legal individual legal_compliance
Receptionist > administrative individual gatekeeper
Office Manager > administrative manager gatekeeper
Administrative Assistant > administrative individual gatekeeper
Special Advisor to the CEO > consulting individual -
Marketing Assistant > marketing junior -
Sales Assistant > sales junior -
Assistant Sales Agent > sales junior -
Assistant Sales Representative > sales junior -
Assistant Manager > - manager -
Assistant Director of Operations > operations director user
Assistant Store Manager > operations manager user
Sales Representative > sales individual -
Sales Agent > sales individual -
Sales Associate > sales individual -
Associate > - individual -
Sales Manager > sales manager influencer
Sales Director > sales director influencer
Director of Sales and Marketing > sales director influencer
Account Manager > sales manager influencer
Key Account Manager > sales manager influencer
Account Executive > sales individual -
Senior Account Executive > sales senior -
Account Director > sales director influencer
Sales Executive > sales individual -
Sales Engineer > sales individual -
Inside Sales Representative > sales individual -
Regional Sales Manager > sales manager influencer
Head of Sales > sales head influencer
Business Development Manager > business_development manager influencer
Head of Business Development > business_development head influencer
Director of Partnerships > business_development director influencer
Order Administrator > operations individual user
Accounting Manager > finance manager economic_buyer
Marketing Manager > marketing manager influencer
Product Marketing Manager > marketing manager influencer
Digital Marketing Specialist > marketing individual -
Social Media Manager > marketing manager influencer
Brand Manager > marketing manager influencer
Lead Generation Specialist > marketing individual -
Marketing Manager Intern > marketing junior -
Marketing Director - EMEA > marketing director influencer
Head of Growth Marketing > marketing head influencer
Communications Officer > marketing individual -
Go-to-Market Lead > - lead -
Product Manager > product manager influencer
Senior Product Manager > product manager influencer
Junior Product Manager > product junior -
Director of Product Management > product director influencer
UX Designer > product individual -
Head of IT > it head technical_evaluator
IT Director > it director technical_evaluator
IT Manager > it manager technical_evaluator
Director, Information Technology > it director technical_evaluator
IT Support Specialist > it individual technical_evaluator
System Administrator > it individual technical_evaluator
Network Engineer > it individual technical_evaluator
DevOps Engineer > it individual technical_evaluator
Data Analyst > it individual technical_evaluator
Business Analyst > it individual technical_evaluator
Enterprise Architect > it individual technical_evaluator
IT Project Manager > project_management manager influencer
IT Procurement Manager > procurement manager buyer
Software Engineer > engineering individual technical_evaluator
Senior Software Engineer > engineering senior technical_evaluator
Sr. Software Engineer > engineering senior technical_evaluator
Lead Engineer > engineering lead technical_evaluator
Principal Engineer > engineering senior technical_evaluator
Staff Engineer > engineering senior technical_evaluator
Engineering Manager > engineering manager technical_evaluator
Manufacturing Engineer > engineering individual technical_evaluator
Quality Manager > engineering manager technical_evaluator
Head of R&D > engineering head technical_evaluator
Developer > engineering individual technical_evaluator
Technical Director > engineering director technical_evaluator
Plant Manager > operations manager technical_evaluator
Operations Manager > operations manager user
Director of Operations > operations director user
Facility Manager > operations manager user
Store Manager > operations manager user
Supply Chain Manager > operations manager user
Warehouse Supervisor > operations lead user
Logistics Coordinator > operations individual user
Maintenance Technician > operations individual user
General Manager > executive director decider
Finance Director > finance director economic_buyer
Financial Controller > finance manager economic_buyer
Controller > finance manager economic_buyer
Finance Manager > finance manager economic_buyer
Accountant > finance individual influencer
Senior Accountant > finance individual influencer
Financial Analyst > finance individual influencer
Head of Procurement > procurement head buyer
Procurement Manager > procurement manager buyer
Purchasing Manager > procurement manager buyer
Purchasing Agent > procurement individual buyer
Buyer > procurement individual buyer
Senior Buyer > procurement individual buyer
Category Manager > procurement manager buyer
Strategic Sourcing Specialist > procurement individual buyer
Director of Purchasing > procurement director buyer
Media Buyer > marketing individual -
Vendor Manager > procurement manager gatekeeper
General Counsel > legal head legal_compliance
Legal Counsel > legal individual legal_compliance
Compliance Officer > legal individual legal_compliance
Attorney > legal individual legal_compliance
HR Manager > hr manager influencer
Human Resources Director > hr director influencer
Recruiter > hr individual -
Talent Acquisition Manager > hr manager influencer
Project Manager > project_management manager influencer
Senior Project Manager > project_management manager influencer
Program Manager > project_management manager influencer
Scrum Master > project_management individual -
Consultant > consulting individual -
Junior Consultant > consulting junior -
Management Consultant > consulting individual -
Senior Consultant > consulting senior -
Sales Consultant > sales individual -
Customer Success Manager > customer_support manager influencer
Customer Service Representative > customer_support individual -
Head of Customer Support > customer_support head influencer
Technical Support Engineer > customer_support individual -
Nurse Manager > other head user
Registered Nurse > other individual user
Teacher > other individual user
Chef > other individual user
Executive Chef > other individual user
Student > - junior -
Intern > - junior -
Director > - director influencer
Manager > - manager -
Team Lead > - lead -
Geschäftsführer > executive c_level decider
Geschäftsführerin > executive c_level decider
Geschaeftsfuehrer > executive c_level decider
GESCHÄFTSFÜHRER > executive c_level decider
Geschäftsführender Gesellschafter > executive owner decider
Inhaber > executive owner decider
Inhaberin > executive owner decider
Vorstandsvorsitzender > executive c_level decider
Leiter Einkauf > procurement head buyer
Leiterin Einkauf > procurement head buyer
Leiter:in Einkauf (m/w/d) > procurement head buyer
Einkaufsleiter > procurement head buyer
Einkaufsleiterin > procurement head buyer
Einkäufer > procurement individual buyer
Strategische Einkäuferin > procurement individual buyer
Leiter Einkauf und Logistik > procurement head buyer
Vertriebsleiter > sales head influencer
Vertriebsleiter DACH > sales head influencer
Leiter Vertrieb Innendienst > sales head influencer
Vertriebsmitarbeiter im Außendienst > sales individual -
IT-Leiter > it head technical_evaluator
Leiter IT bei Vertrieb Beispiel GmbH > it head technical_evaluator
Marketingleiterin > marketing head influencer
Personalleiter > hr head influencer
Personalreferentin > hr individual -
Projektleiter > project_management manager influencer
Produktionsleiter > operations manager technical_evaluator
Technischer Leiter > engineering head technical_evaluator
Kaufmännischer Leiter > finance head economic_buyer
Buchhalterin > finance individual influencer
Assistentin der Geschäftsführung > administrative individual gatekeeper
Assistenz Geschäftsführung > administrative individual gatekeeper
Vorstandsassistentin > administrative individual gatekeeper
Vertriebsassistent > sales junior -
Marketingassistentin > marketing junior -
Sachbearbeiter Einkauf > procurement individual buyer
Werkstudent Marketing > marketing junior -
Softwareentwicklerin > engineering individual technical_evaluator
Prokurist > executive director executive_sponsor
Teamleiter Kundenservice > customer_support lead influencer
Rechtsanwältin > legal individual legal_compliance
Bürokauffrau > administrative individual gatekeeper
Filialleiter > operations manager user
Directeur commercial > sales director influencer
Directrice commerciale > sales director influencer
Directeur général > executive c_level decider
Directrice générale > executive c_level decider
PDG > executive c_level decider
Président > executive c_level decider
Gérant > executive c_level decider
Directeur des achats > procurement director buyer
Responsable achats > procurement manager buyer
Acheteur > procurement individual buyer
Acheteuse > procurement individual buyer
DSI > it director technical_evaluator
Directeur des systèmes d'information > it director technical_evaluator
Responsable informatique > it manager technical_evaluator
Directeur administratif et financier > finance director economic_buyer
DAF > finance director economic_buyer
Directeur financier > finance director economic_buyer
Comptable > finance individual influencer
DRH > hr director influencer
Responsable des ressources humaines > hr manager influencer
Chef de projet > project_management manager influencer
Chef de produit > product manager influencer
Chef de cuisine > other individual user
Responsable marketing > marketing manager influencer
Assistante de direction > administrative individual gatekeeper
Assistante commerciale > sales junior -
Ingénieur commercial > sales individual -
Chargée de communication > marketing individual -
Stagiaire marketing > marketing junior -
Associé > - partner decider
Juriste > legal individual legal_compliance
Director General > executive c_level decider
Gerente General > executive c_level decider
Gerente de Ventas > sales manager influencer
Director Comercial > sales director influencer
Directora de Marketing > marketing director influencer
Jefe de Compras > procurement manager buyer
Jefa de compras > procurement manager buyer
Director de Compras > procurement director buyer
Director de Tecnología > it director technical_evaluator
Director Financiero > finance director economic_buyer
Contador > finance individual influencer
Dueño > executive owner decider
Propietaria > executive owner decider
Socio fundador > executive owner decider
Responsable de Recursos Humanos > hr manager influencer
Ingeniero de Software > engineering individual technical_evaluator
Asistente de Dirección > administrative individual gatekeeper
Asistente de Marketing > marketing junior -
Becario > - junior -
Vicepresidente de Ventas > sales vp executive_sponsor
Algemeen directeur > executive c_level decider
Directeur > - director influencer
Eigenaar > executive owner decider
DGA > executive owner decider
Zaakvoerder > executive owner decider
Hoofd Inkoop > procurement head buyer
Inkoper > procurement individual buyer
Inkoopmanager > procurement manager buyer
Verkoopleider > sales lead influencer
Commercieel directeur > sales director influencer
Financieel directeur > finance director economic_buyer
Bedrijfsleider > operations manager user
Projectleider > project_management manager influencer
Directiesecretaresse > administrative individual gatekeeper
Marketingmedewerker > marketing individual -
Systeembeheerder > it individual technical_evaluator
Medewerker klantenservice > customer_support individual -
Stagiair > - junior -
CTO / Geschäftsführer > executive c_level decider
Chief Happiness Officer > - c_level executive_sponsor
Chief Sustainability Officer > - c_level executive_sponsor
Chef d'entreprise > executive owner decider
Chef des ventes > sales manager influencer
Chef de chantier > project_management manager influencer
Assistant General Manager > executive director decider
CEO Assistant > administrative individual gatekeeper
Assistant Controller > finance manager economic_buyer
Executive Vice President and Chief Financial Officer > finance c_level economic_buyer
Interim CFO > finance c_level economic_buyer
Chief Technology Officer & Co-Founder > engineering owner decider
Sales Operations Manager > sales manager influencer
Revenue Operations Manager > sales manager influencer
Director, Global Procurement Operations > procurement director buyer
Non-Executive Director > executive director influencer
Board Member > executive director influencer
Lead Buyer > procurement lead buyer
Purchasing Assistant > procurement junior buyer
Encargado de tienda > operations manager user
Abteilungsleiter Konstruktion > engineering head technical_evaluator
Mitglied der Geschäftsleitung > executive c_level decider
Country Manager Germany > executive director decider
MD > - - -
Investor > - - -
Export Administrator > operations individual user
Administrator > administrative individual gatekeeper
Coordinator Foreign Markets > - individual -
International Marketing Mgr. > marketing manager influencer
Regional Account Rep. > sales individual -
asdf > - - -
N/A > - - -
12345 > - - -
Mr. > - - -
The Ambassador of Buzz > - - -
`;
