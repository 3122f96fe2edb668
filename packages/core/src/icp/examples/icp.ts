/** The profile that `init` writes and that runs use where no home exists: business customers of an online shop. Weights and thresholds are [design]. */
export const EXAMPLE_ICP = `# Ideal Customer Profile: which companies are worth your attention, and why.
#
# Every rule adds points. The most that a rule can add is its weight (or, without one, its highest points);
# all of them together make 100. A company's score is the sum, and "bullseye explain" shows each part of it.
#
# What we do not know about a company is not held against it: it widens the score to a range. A company of which
# too little is known (see minimumCoverage) gets no score and the tier "unknown".
#
# Check your changes with:  bullseye icp check icp.yaml   and   bullseye icp test icp.yaml
id: b2b-ecommerce
name: Business customers of an online shop
version: 1
description: >-
  Medium-sized and large organisations in manufacturing, retail, hospitality and healthcare, in North America, Europe
  and parts of Asia-Pacific, with 10 million to more than 1 billion in revenue, that buy in bulk and again and again.

scoring:
  minimumCoverage: 0.25 # below a quarter of the score known: no score
  priorFit: 0.4 # what we expect of a company of which we know nothing, 0 to 1
  priorWeight: 25 # how many known points it takes before the company's own data counts for more than that

# The lowest score of each tier. "X" (disqualified) and "unknown" are added by themselves.
tiers: { A: 70, B: 55, C: 35, D: 0 }

rules:
  # ---- Firmographic: who they are (52 points) ----
  - id: industry
    dimension: firmographic
    attribute: vertical
    weight: 14
    map:
      manufacturing: 14
      healthcare: 14
      hospitality: 13
      retail: 12
      wholesale: 9
      construction: 7
      education: 7
      public_admin: 6
      transport: 6
      professional: 4
      information: 4
      finance: 3
      other: 3

  - id: company-size
    dimension: firmographic
    attribute: employees # a range such as 51-200 is fine: if it lies in one band, it counts as known
    weight: 14
    bands: # each band reaches up to the next one
      - { points: 0 }
      - { from: 10, points: 3 }
      - { from: 50, points: 9 }
      - { from: 250, points: 14 }
      - { from: 10000, points: 12 }

  - id: annual-revenue
    dimension: firmographic
    attribute: revenueUsd
    weight: 10
    bands:
      - { points: 0 }
      - { from: 1M, points: 2 }
      - { from: 10M, points: 7 }
      - { from: 50M, points: 10 }

  - id: market
    dimension: firmographic
    attribute: region
    weight: 8
    map: { NA: 8, EU: 8, UK: 8, APAC: 4, LATAM: 2, MEA: 2 }

  - id: ownership
    dimension: firmographic
    attribute: ownership
    weight: 2
    map: { public: 2, private: 2, public_subsidiary: 2, government: 1, nonprofit: 1, educational: 1 }

  - id: delivery-sites
    dimension: firmographic
    attribute: sites
    weight: 4
    bands:
      - { points: 1 }
      - { from: 3, points: 3 }
      - { from: 10, points: 4 }

  # ---- Transactional and behavioural: what they buy and how often (24 points) ----
  - id: buying-rhythm
    dimension: transactional
    attribute: transactions.orders12m
    weight: 8
    bands:
      - { points: 0 }
      - { from: 1, points: 2 }
      - { from: 4, points: 5 }
      - { from: 12, points: 8 }

  - id: customer-value
    dimension: transactional
    attribute: transactions.rfm
    weight: 6
    map: { champions: 6, loyal: 5, potential: 4, new: 3, at_risk: 2, hibernating: 1, lost: 0 }

  - id: bulk-purchases
    dimension: behavioural
    weight: 5
    when: { transactions.bulkBuyer: "yes" }

  - id: recent-activity
    dimension: behavioural
    attribute: lastActivityAt
    weight: 5
    decay: { halfLifeDays: 60 } # worth half after two months, a quarter after four

  # ---- Needs: what they look for (12 points) ----
  - id: wants-range
    dimension: needs
    attribute: needs.featureBreadth
    weight: 4
    map: { high: 4, medium: 3, low: 1 }

  - id: wants-service
    dimension: needs
    attribute: needs.serviceExpectation
    weight: 4
    map: { high: 4, medium: 3, low: 1 }

  - id: not-only-price
    dimension: needs
    attribute: needs.priceSensitivity
    weight: 4
    map: { low: 4, medium: 3, high: 1 }

  # ---- Decision-making: how they decide (12 points) ----
  - id: decision-complexity
    dimension: decision
    attribute: decision.dmci # 0 = one person decides today, 100 = committee, tender and many months
    weight: 6
    bands:
      - { points: 3 }
      - { from: 25, points: 6 }
      - { from: 50, points: 5 }
      - { from: 75, points: 3 }

  - id: won-before
    dimension: decision
    attribute: deals.winRate # won / (won + lost), 0 to 1
    weight: 6
    bands:
      - { points: 0 }
      - { from: 0.2, points: 3 }
      - { from: 0.5, points: 6 }

# Out, whatever the score. Never done with negative points: the reason is shown instead.
disqualify:
  - id: one-person-business
    when: { employees: { atMost: 1 }, revenueUsd: { atMost: 1M } }
    reason: A single person without a company behind it
  - id: closed-account
    when: { lifecycle: { matches: [closed, inactive, "out of business"] } }
    reason: The account is marked as closed

# The tier you know better. The score stays as it is.
overrides:
  - id: named-account
    when: { customerPriority: [strategic, key] }
    tier: A
    reason: Named account of the sales team

# Run by "bullseye icp test". Add the companies that you would bet on, and those that you would not.
examples:
  - name: Regional hospital group, nothing known but who they are
    attributes: { vertical: healthcare, employees: 1800, revenueUsd: 240M, region: NA, ownership: nonprofit, sites: 12 }
    expect: { tier: A, score: { atLeast: 70 } }
  - name: Factory that orders every month
    asOf: 2026-06-30
    attributes:
      vertical: manufacturing
      employees: [201, 500]
      revenueUsd: 60M
      region: EU
      transactions.orders12m: 14
      transactions.rfm: loyal
      lastActivityAt: 2026-06-20
    expect: { tier: A, score: { atLeast: 72 } }
  - name: Mid-sized shop in Asia-Pacific
    attributes: { vertical: retail, employees: 80, revenueUsd: 12M, region: APAC }
    expect: { tier: [B, C] }
  - name: Small consultancy far away
    attributes: { vertical: professional, employees: 4, revenueUsd: 400k, region: MEA }
    expect: { tier: D, score: { atMost: 35 } }
  - name: Only a name and a country
    attributes: { region: NA }
    expect: { tier: unknown }
  - name: Sole trader
    attributes: { vertical: retail, employees: 1, revenueUsd: 90k, region: UK }
    expect: { tier: X, disqualified: one-person-business }
`;
