/** The segments and audiences that `init` writes. Thresholds are [design]. */
export const EXAMPLE_AUDIENCES = `# Segments: groups of companies. A company can be in several. One that cannot be judged for want of data is in none.
# Audiences: what an ad platform should know. Bullseye keeps each equal to what is written here and sends only the difference.
#
# Conditions ask about anything known of a company (employees, vertical, transactions.rfm, …) and about its
# score, tier, coverage and segments. Everything in one block must hold; use any: and not: for the rest.
version: 1

segments:
  - id: mid-market
    name: Mid-market
    when: { employees: { between: [50, 999] } }
  - id: enterprise
    name: Enterprise
    when: { employees: { atLeast: 1000 } }
  - id: core-industries
    name: Manufacturing, retail, hospitality and healthcare
    when: { vertical: [manufacturing, retail, hospitality, healthcare] }
  - id: recurring-buyers
    name: Buy again and again
    when: { transactions.orders12m: { atLeast: 4 } }
  - id: win-back
    name: Good customers who went quiet
    when:
      any:
        - transactions.loyalty: [at_risk, lapsed]
        - transactions.rfm: [at_risk, hibernating]
  - id: price-first
    name: Price decides
    when: { needs.priceSensitivity: high }
  - id: service-first
    name: Service and customisation decide
    when: { needs.serviceExpectation: high, needs.customisation: [medium, high] }
  - id: committee-buyers
    name: Several people decide
    when: { decision.band: [coordinated, enterprise] }
  - id: new-logos
    name: Good fit, never bought
    when:
      tier: [A, B]
      # no order on record is no proof that there was none, so say that you accept not knowing
      all:
        - any: [{ transactions.orders: { unknown: true } }, { transactions.orders: { atMost: 0 } }]
        - any: [{ deals.won: { unknown: true } }, { deals.won: { atMost: 0 } }]
  - id: thin-data
    name: Too little known, worth enriching
    when: { coverage: { atMost: 0.4 } }

audiences:
  # mode: file = Bullseye writes the upload file into the outbox and you upload it; api = it is sent for you.
  - id: strategic-accounts
    name: Strategic accounts
    platform: linkedin
    mode: api
    include: { tiers: [A] }
    priority: 1
    group: prospecting # of the audiences in one group a company joins only the first that wants it
    # A plan waits for your approval when it removes or adds more than these shares of the audience.
    limits: { removeShare: 0.10, addShare: 0.50 }

  - id: growth-accounts
    name: Growth accounts in core industries
    platform: linkedin
    mode: file
    include: { tiers: [B], segments: [core-industries] }
    exclude: { segments: [win-back] }
    priority: 2
    group: prospecting

  - id: win-back-customers
    name: Win back
    platform: linkedin
    mode: file
    include: { tiers: [A, B, C], segments: [win-back] }
    priority: 3
`;
