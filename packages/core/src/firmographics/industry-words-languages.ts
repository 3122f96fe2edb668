/**
 * Basic industry words in German, French, Spanish and Dutch -> NAICS-2022, as precise as the word allows; spelt as people spell them
 * (`label-words.ts` folds them).
 */
export const INDUSTRY_WORDS_BY_LANGUAGE: Readonly<Record<"de" | "fr" | "es" | "nl", string>> = {
  de: `
11: Landwirtschaft, Forstwirtschaft, Land- und Forstwirtschaft, Agrar
21: Bergbau
22: Energieversorgung, Versorger, Energie, Energiewirtschaft
23: Baugewerbe, Bauwesen, Bauwirtschaft, Bau, Bauunternehmen
31-33: Verarbeitendes Gewerbe, Industrie, Fertigung, Produktion, Herstellung
311: Lebensmittel, Lebensmittelindustrie, Nahrungsmittel
325: Chemie, Chemische Industrie
333: Maschinenbau, Anlagenbau, Maschinen- und Anlagenbau
336: Automobil, Automobilindustrie, Fahrzeugbau
42: Großhandel
44-45: Einzelhandel, Handel
48-49: Transport, Logistik, Transport und Logistik, Spedition, Verkehr
51: Information und Kommunikation, Medien
5132: Software, Softwareentwicklung
517: Telekommunikation
52: Finanzdienstleistungen, Finanzen, Finanzwesen, Banken und Versicherungen
522: Banken, Bankwesen, Kreditinstitute
524: Versicherung, Versicherungen
531: Immobilien, Immobilienwirtschaft
54: Beratung, Unternehmensberatung, Freiberufliche Dienstleistungen
5415: IT-Dienstleistungen, Informationstechnologie
61: Bildung, Bildungswesen, Erziehung und Unterricht
62: Gesundheitswesen, Gesundheit, Gesundheits- und Sozialwesen, Krankenhäuser
72: Gastgewerbe, Hotellerie, Gastronomie, Hotellerie und Gastronomie
92: Öffentliche Verwaltung, Öffentlicher Dienst`,
  fr: `
11: Agriculture, Sylviculture, Agriculture et sylviculture
21: Industries extractives
22: Énergie, Services publics
23: Construction, Bâtiment, BTP, Bâtiment et travaux publics
31-33: Industrie, Industrie manufacturière, Fabrication, Industries manufacturières
311: Agroalimentaire, Industrie agroalimentaire, Alimentation
325: Chimie, Industrie chimique
333: Construction mécanique
336: Automobile, Industrie automobile
42: Commerce de gros
44-45: Commerce de détail, Distribution, Commerce
48-49: Transports, Logistique, Transport et logistique, Transports et entreposage
51: Information et communication, Médias
5132: Logiciels, Édition de logiciels
517: Télécommunications
52: Finance, Services financiers, Finance et assurance
522: Banque, Banques
524: Assurance, Assurances
531: Immobilier
54: Conseil, Services aux entreprises
5415: Services informatiques, Informatique
61: Éducation, Enseignement, Formation
62: Santé, Santé humaine et action sociale, Hôpitaux
72: Hôtellerie, Restauration, Hôtellerie et restauration, Hébergement et restauration
92: Administration publique, Secteur public`,
  es: `
11: Agricultura, Ganadería, Agricultura y ganadería
21: Minería
22: Energía, Servicios públicos
23: Construcción
31-33: Industria, Industria manufacturera, Fabricación, Manufactura
311: Alimentación, Industria alimentaria, Alimentos
325: Química, Industria química
333: Maquinaria
336: Automoción, Industria automotriz
42: Comercio al por mayor, Comercio mayorista
44-45: Comercio al por menor, Comercio minorista, Comercio
48-49: Transporte, Logística, Transporte y logística, Transporte y almacenamiento
51: Información y comunicaciones, Medios de comunicación
5132: Software, Desarrollo de software
517: Telecomunicaciones
52: Servicios financieros, Finanzas
522: Banca, Bancos
524: Seguros
531: Inmobiliaria, Inmobiliario, Bienes raíces
54: Consultoría, Servicios profesionales
5415: Servicios informáticos, Informática, Tecnologías de la información
61: Educación, Enseñanza
62: Sanidad, Salud, Hospitales, Atención sanitaria
72: Hostelería, Hoteles, Hoteles y restaurantes, Turismo y hostelería
92: Administración pública, Sector público`,
  nl: `
11: Landbouw, Bosbouw, Landbouw en bosbouw
21: Delfstofwinning
22: Energievoorziening, Nutsbedrijven, Energie
23: Bouw, Bouwnijverheid
31-33: Industrie, Productie, Maakindustrie
311: Voedingsmiddelen, Voedingsmiddelenindustrie
325: Chemie, Chemische industrie
333: Machinebouw
336: Automobielindustrie
42: Groothandel
44-45: Detailhandel, Handel
48-49: Vervoer, Logistiek, Transport en logistiek, Vervoer en opslag
51: Informatie en communicatie, Media
5132: Software, Softwareontwikkeling
517: Telecommunicatie
52: Financiële dienstverlening, Financiën
522: Banken, Bankwezen
524: Verzekeringen
531: Vastgoed, Onroerend goed
54: Advies, Zakelijke dienstverlening, Adviesdiensten
5415: ICT, IT-dienstverlening, Informatietechnologie
61: Onderwijs
62: Gezondheidszorg, Zorg, Gezondheids- en welzijnszorg, Ziekenhuizen
72: Horeca
92: Openbaar bestuur, Overheid`,
};
