/**
 * Industry labels as vendors and people write them -> NAICS-2022 code, as precise as the label allows. Labels are in the folded spelling of
 * `label-words.ts`. Vocabularies covered: LinkedIn (first 147 labels and the labels of version 2), which Apollo and People Data Labs carry
 * too, HubSpot's enumeration (the same words in capitals), Salesforce's default pick list, ZoomInfo's groups, Fortune sectors, GICS sectors
 * and industry groups. Labels built on "manufacturing", "retail ...", "wholesale ..." or "... construction" need no line: `LABEL_SHAPES` reads them.
 */
export const INDUSTRY_WORDS = `
11: agriculture, agriculture and forestry, farming ranching forestry, agribusiness, agricultural services
111: farming, crop production, horticulture, crops, cannabis
112: ranching, dairy farming, animals and livestock, livestock, animal production
113: forestry and logging, forestry, logging
114: fishery, fisheries, fishing, ranching and fisheries
21: oil gas and mining, minerals and mining, mining oil and gas
211: oil and energy, oil and gas, oil and gas exploration and services, oil and gas exploration and production, oil extraction, natural gas extraction, oil gas
212: mining and metals, mining, coal mining, metal ore mining, nonmetallic mineral mining, coal, gold, metals and mining
22: utilities, energy utilities and waste treatment, electricity oil and gas, electric utilities, gas utilities, multi utilities, utility
2211: electric power generation, electric power transmission control and distribution, renewables and environment, renewable energy power generation, solar electric power generation, wind electric power generation, hydroelectric power generation, nuclear electric power generation, fossil fuel electric power generation, geothermal electric power generation, biomass electric power generation, renewable energy, power generation, independent power producers, electricity
2212: natural gas distribution
2213: water supply and irrigation systems, water utilities, steam and air conditioning supply, water treatment, water and water treatment, water waste steam and air conditioning services
23: construction, engineering and construction, building construction, commercial and residential construction, general contractors, construction and engineering
236: residential building construction, nonresidential building construction, home building, homebuilding, homebuilders
237: civil engineering, utility system construction, subdivision of land, highway street and bridge construction, heavy construction, infrastructure construction
238: specialty trade contractors, building structure and exterior contractors, building equipment contractors, building finishing contractors, contractors, plumbing, roofing, hvac, electrical contractors
31-33: manufacturing, industrial manufacturing, industrial products, industrial goods, consumer goods manufacturing, household products, household durables, household and personal products, consumer durables and apparel, automotive manufacturing, manufacturer, manufacturers, climate technology products manufacturing, capital goods, durable goods, industrial conglomerates
311: food production, dairy, food and beverages, food and beverage manufacturing, food beverages and tobacco, food beverage and tobacco, food products, meat products, packaged foods, packaged foods and meats, food consumer products, food manufacturing, food and beverage
312: wine and spirits, tobacco, beverages, breweries, distilleries, wineries, beverage manufacturing, brewers, distillers and vintners, soft drinks and non alcoholic beverages, soft drinks
313: textiles, textile manufacturing, textiles and apparel
315: apparel and fashion, apparel, fashion accessories manufacturing, textiles apparel and luxury goods, fashion
316: leather product manufacturing, footwear
321: wood product manufacturing, wood products, lumber
322: paper and forest products, paper and forest product manufacturing, pulp and paper, paper products, forest products
3222: packaging and containers, containers and packaging, packaging
323: printing, printing services, commercial printing
324: oil and coal product manufacturing, petroleum refining
325: chemicals, chemical manufacturing, chemicals and related products, specialty chemicals
3254: pharmaceuticals, pharmaceutical, pharma, pharmaceutical manufacturing, pharmaceuticals and biotechnology, pharmaceuticals biotechnology and life sciences, drug manufacturing, biopharmaceuticals
3256: cosmetics, personal care product manufacturing, soap and cleaning product manufacturing, beauty products, personal products
326: plastics, plastics manufacturing, packaging and containers manufacturing, plastics and rubber product manufacturing, rubber and plastics
327: glass ceramics and concrete, building materials, construction materials, glass product manufacturing, cement, building products
331: primary metal manufacturing, metals, steel, iron and steel, aluminum
332: fabricated metal products, metal treatments, metal fabrication
333: machinery, machinery manufacturing, agriculture construction mining machinery manufacturing, industrial automation, automation machinery manufacturing, mechanical or industrial engineering, industrial machinery, industrial machinery and equipment, railroad manufacture equipment
334: computer hardware, computer hardware manufacturing, computers and electronics manufacturing, consumer electronics, computers and electronics, electronics, computer equipment, hardware, technology hardware and equipment, technology hardware storage and peripherals, electronic equipment instruments and components
3342: communications equipment, communications equipment manufacturing, computer networking, telecommunications equipment, networking equipment
3344: semiconductors, semiconductor, semiconductor manufacturing, semiconductors and semiconductor equipment, semiconductor and semiconductor equipment
3345: measuring and control instrument manufacturing, test and measurement equipment, instruments
335: electrical electronic manufacturing, appliances electrical and electronics manufacturing, electrical equipment, electrical equipment manufacturing, household appliances, electrical components and equipment, heavy electrical equipment
336: transportation equipment manufacturing, railroad manufacture, railroad equipment manufacturing, automobiles and components
3361: automotive, motor vehicle manufacturing, automobiles, auto manufacturers, automobile manufacturers
3363: motor vehicle parts manufacturing, motor vehicles and parts, auto components, auto parts, automotive parts, automotive parts and equipment
3364: aviation and aerospace, aerospace, aerospace and defense, defense and space, defense and space manufacturing, aviation and aerospace component manufacturing, aerospace and defence
3366: shipbuilding
337: furniture, furniture and home furnishings manufacturing, mattress and blinds manufacturing, office furniture
339: jewelry manufacturing, toys, toys and games, arts and crafts, miscellaneous manufacturing
3391: medical devices, medical device, medical equipment manufacturing, medical devices and equipment, medical equipment, medical supplies, health care equipment and supplies, medical products and equipment, medical instruments, health care equipment, health care supplies
33992: sporting goods, sporting goods manufacturing
42: wholesale, wholesalers, wholesale trade, wholesale distribution, distribution, distributors, import and export, wholesale import and export, trading companies and distributors, business supplies and equipment, wholesalers diversified, wholesalers health care, wholesalers electronics and office equipment, wholesalers food and grocery, wholesale hardware plumbing heating equipment, industrial distribution
44-45: retail, retailing, retail trade, retailer, retailers, retail stores, specialty retail, specialty retailers, general merchandisers, multiline retail, department stores, online and mail order retail, e commerce, ecommerce, consumer discretionary distribution and retail, internet and direct marketing retail, department stores shopping centers and superstores, broadline retail
441: retail motor vehicles, car dealers, auto dealers, motor vehicle dealers, automotive retail
444: building materials and garden equipment, home improvement retail, home improvement and hardware retail
445: supermarkets, food and beverage retail, retail groceries, groceries, grocery, food and drug stores, grocery retail, food and staples retailing, consumer staples distribution and retail, convenience stores
455: warehouse clubs, general merchandise
456: retail pharmacies, drug stores, pharmacies, pharmacy, drug retail
458: luxury goods and jewelry, clothing stores, apparel retail, retail apparel and fashion, apparel and accessories retail
4591: sporting goods stores, hobby stores
48-49: transportation, transport, logistics, transportation and logistics, transportation and warehousing, transportation logistics supply chain and storage, logistics and supply chain, logistics and transportation, freight and logistics services, air freight and logistics, freight and package transportation, supply chain
481: airlines aviation, airlines and aviation, airlines, airline, air transportation, passenger airlines, airlines airports and air services
482: rail transportation, railroads, railroad, rail bus and taxi
483: maritime, maritime transportation, marine shipping, marine, shipping, marine transportation
484: transportation trucking railroad, truck transportation, trucking, cargo ground transportation, trucking moving and storage, road and rail, trucking truck leasing, ground transportation
485: ground passenger transportation, urban transit services, public transport, taxi and limousine services, school and employee bus services, interurban and rural bus services, shuttles and special needs transportation services
486: pipeline transportation, pipelines
487: sightseeing transportation
491: postal services
492: package freight delivery, courier services, mail package and freight delivery, freight delivery, couriers
493: warehousing, warehousing and storage
51: media, media and internet, media and telecommunications, technology information and media, information, communications, communication services, media and entertainment, information and communication, newspapers and news services
513: publishing, book and periodical publishing, newspapers, newspaper publishing, book publishing, periodical publishing, magazines
5132: computer software, software, software development, software publishing, computer games, mobile computing software products, desktop computing software products, embedded software products, data security software products, mobile gaming apps, saas, business intelligence platforms, computer networking products, enterprise software, application software, systems software, software and services, gaming, video games, mobile games
512: motion pictures and film, movies videos and sound, media production, music, animation, animation and post production, movies and sound recording, sound recording, sheet music publishing, film, motion pictures
516: broadcast media, online media, broadcast media production and distribution, radio and television broadcasting, cable and satellite programming, online audio and video media, broadcasting, radio stations, television stations, internet news, blogs, business content, internet publishing, social networking platforms, social media
517: telecommunications, telecommunication, telecom, telecoms, wireless, wireless services, telecommunications carriers, satellite telecommunications, telecommunication services, wireless telecommunication services, diversified telecommunication services, cable and satellite, telephony and wireless, integrated telecommunication services, communications services
518: data infrastructure and analytics, blockchain services, climate data and analytics, data center, data centers, hosting, cloud computing, it infrastructure
519: information services, libraries, internet publishing and search portals, interactive media and services, search engines
52: financial services, finance, financials, financial, finance and insurance, diversified financials, diversified financial services, fintech, lending and brokerage, financial institutions
522: banking, banks, bank, commercial banks, credit intermediation, savings institutions, loan brokers, credit unions, credit cards and transaction processing, consumer finance, regional banks, mortgage, lending, thrifts and mortgage finance, thrifts
523: investment management, investment banking, investment banking and brokerage, financial exchanges and data, capital markets, venture capital and private equity, venture capital and private equity principals, investment advice, securities and commodity exchanges, asset management, private equity, venture capital, securities, hedge funds, asset management and custody banks, wealth management
524: insurance, insurance carriers, insurance agencies and brokerages, claims adjusting actuarial services, insurance property and casualty stock, insurance life health stock, insurance life health mutual, life insurance, reinsurance, health insurance, insurance brokers, managed health care, property and casualty insurance, life and health insurance
525: funds and trusts, pension funds, trusts and estates, insurance and employee benefit funds
53: real estate and equipment rental services, real estate and rental and leasing
531: real estate, commercial real estate, leasing non residential real estate, leasing residential real estate, real estate agents and brokers, real estate management and development, equity real estate investment trusts, property management, equity real estate investment trusts reits, reits
532: equipment rental services, consumer goods rental, commercial and industrial equipment rental, car and truck rental, car rental, leasing, equipment rental
54: professional services, professional scientific and technical services, professional and business services, business services, consulting, commercial and professional services, business consulting and services
5411: law practice, legal services, legal, law firms and legal services, law firms, alternative dispute resolution, law
5412: accounting, accounting services, accounting and accounting services, accounting and tax
5413: architecture and planning, architecture, engineering services, engineering, architecture engineering and design, robotics engineering, surveying and mapping services, accessible architecture and design, architectural services
5414: design, graphic design, design services, interior design, regenerative design
5415: information technology and services, information technology, it services, it services and it consulting, computer and network security, it system design services, it system custom software development, it system operations and maintenance, it system installation and disposal, it system training and support, it system data services, it system testing and evaluation, digital accessibility services, it consulting, it, it consulting and other services, computer services, cybersecurity, cyber security, managed it services, custom software and it services, information technology services
5416: management consulting, human resources, human resources services, environmental services, strategic management services, outsourcing and offshoring consulting, operations consulting, management consulting services, environmental consulting, hr consulting
5417: research, research services, biotechnology, biotechnology research, nanotechnology, nanotechnology research, think tanks, research and development, biotech, life sciences, life sciences tools and services
5418: marketing and advertising, marketing, advertising, advertising services, advertising and marketing, public relations and communications, public relations and communications services, government relations, government relations services, marketing services, public relations
54191: market research
54192: photography
54193: translation and localization
5419: veterinary, veterinary services
55: holding companies, holding companies and conglomerates, holding company, conglomerates
56: administrative and support services, office administration, administrative and support and waste management and remediation services, commercial services and supplies
5613: staffing and recruiting, staffing, recruiting, employment, employment services, hr and staffing, executive search services, temporary help services, human resources and staffing, temporary help, recruitment, human resource and employment services
5614: outsourcing offshoring, telephone call centers, collection agencies, writing and editing, call centers and business centers, call centers, bpo, business process outsourcing
5615: leisure travel and tourism, travel arrangements, travel, tourism, travel and tourism, travel agencies and services, travel agencies
5616: security and investigations, security guards and patrol services, security systems services, security products and services, security services
5617: facilities services, janitorial services, landscaping services, facilities management and commercial cleaning, cleaning services, facility management
5619: events services, event services
562: waste collection, waste treatment and disposal, waste management, waste treatment environmental services and recycling, recycling
61: education, educational services, schools, training, education and training, colleges, diversified consumer education
6111: primary secondary education, primary and secondary education, k 12 schools, k12, k 12 education
6113: higher education, colleges and universities, universities, university, college
6114: secretarial schools, professional training and coaching, training and coaching
6115: technical and vocational training, vocational training
6116: language schools, fine arts schools, flight training, sports and recreation instruction, cosmetology and barber schools
611: education management, e learning, e learning providers, elearning, edtech
62: hospital and health care, hospitals and health care, health care, healthcare, healthcare services, medical, health care and social assistance, health, health care providers and services, health care services, health services, medical services, health care pharmacy and other services, healthcare providers
621: medical practice, medical practices, alternative medicine, physicians, dentists, chiropractors, optometrists, family planning centers, outpatient care centers, home health care services, ambulance services, physical occupational and speech therapists, medical and diagnostic laboratories, physicians clinics, medical specialists, dental offices, dental, physicians offices
622: hospitals, hospital, hospitals and physicians clinics, hospitals and clinics, health care facilities, health care medical facilities
623: nursing homes and residential care facilities, elderly care services, assisted living, nursing homes
624: individual and family services, emergency and relief services, vocational rehabilitation services, child day care services, community services, services for the elderly and disabled, social services, childcare
6214: mental health care, mental health
71: entertainment, entertainment providers, arts entertainment and recreation, recreational facilities and services, recreational facilities, recreation, leisure
711: performing arts, performing arts and spectator sports, sports, spectator sports, theater companies, dance companies, circuses and magic shows, sports teams and clubs, sports teams and leagues, racetracks, fine art, artists and writers, musicians, performing arts theaters
712: museums and institutions, museums, museums historical sites and zoos, historical sites, zoos and botanical gardens, museums and art galleries
713: gambling and casinos, gambling facilities and casinos, amusement parks and arcades, golf courses and country clubs, skiing facilities, wellness and fitness services, health wellness and fitness, fitness, fitness and dance facilities, amusement parks arcades and attractions, casinos, casinos and gaming
72: hospitality, accommodation services, accommodation and food services, hotels restaurants and leisure, hotels restaurants and resorts, hotels casinos resorts, food service, foodservice, hospitality and leisure
721: hotels and motels, hotels, lodging and resorts, bed and breakfasts hostels homestays, hotel, lodging, hotels and resorts
722: restaurants, restaurant, food and beverage services, caterers, mobile food services, bars taverns and nightclubs, catering, food services, restaurants and bars, bars
81: other services, personal services, other services except public administration, consumer services
811: repair and maintenance, vehicle repair and maintenance, electronic and precision equipment maintenance, commercial and industrial machinery maintenance, reupholstery and furniture repair, footwear and leather goods repair, automotive service and collision repair, auto repair
812: personal and laundry services, personal care services, laundry and drycleaning services, pet services, barber shops and beauty salons, funeral homes and funeral related services, cleaners
813: non profit organization management, nonprofit organization management, non profit organizations, nonprofit organizations, civic and social organization, civic and social organizations, political organization, political organizations, religious institutions, religious organizations, philanthropy, philanthropic fundraising services, fund raising, fundraising, industry associations, professional organizations, non profit, nonprofit, not for profit, non profit and charitable organizations, membership organizations, organizations, charity, churches, associations
814: household services
92: government administration, government, public administration, public sector, federal government, state government, local government, cities towns and municipalities, municipal government, government agencies, executive office, executive offices, legislative office, legislative offices, public policy, public policy offices, environmental quality programs, housing and community development, economic programs, transportation programs, utilities administration, air water and waste program management, conservation programs, community development and urban planning, housing programs
922: judiciary, law enforcement, public safety, administration of justice, courts of law, correctional institutions, fire protection, police
923: health and human services, education administration programs, public health, public assistance programs
927: space research and technology
928: military, international affairs, military and international affairs, armed forces, defense
`;

/** Labels that lean to one sector without naming it: the answer's confidence is that of `LEANING`. */
export const LEANING_WORDS = `
31-33: consumer goods, industrials, industrial, materials, consumer staples, consumer products, consumer non durables, consumer durables, basic materials, aerospace and transportation
51: internet, technology information and internet, internet marketplace platforms, internet software and services, internet services and retailing, data services
54: technology, tech, high tech, program development
22: energy
5417: health care research
52: investment
522: international trade and development
53: property
56: outsourcing, services for renewable energy
44-45: shopping, stores
71: events
812: beauty, wellness
`;

/** Words that vendors use for so many trades that any sector would be a guess: the honest answer is unknown. */
export const AMBIGUOUS_WORDS =
  "services, consumer discretionary, consumer cyclical, general, other, others, misc, miscellaneous, diversified, conglomerate, b2b, b2c, none, unknown, na, n a, company, business, not available, unclassified, nonclassifiable establishments";
