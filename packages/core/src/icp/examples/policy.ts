/** The policy that `init` writes: companies of declared lists, no people. */
export const EXAMPLE_POLICY = `# What may be told to ad platforms. Read from top to bottom: the first rule that applies decides.
# No rule, no sending. A list whose origin nobody declared is never sent, whatever is written here.
#
# A rule may ask about platform, memberKind (company, person), origin (first-party, partner, broker, public),
# identifier, country, region and consent (granted, denied, unknown). What it does not mention does not matter.
# A denial also applies where a missing fact leaves it open.
#
# source: what you have read that makes it lawful (a law, a contract, a platform's page). An "allow" without one denies.
# This file is a starting point and no legal advice.
version: 1

rules:
  - id: no-people
    decision: deny
    memberKind: person
    reason: People are personal data; write a rule above this one once you know your lawful basis

  - id: companies-first-party
    decision: allow
    memberKind: company
    origin: first-party
    reason: Companies from your own records; names and websites of companies are no personal data
    source: Regulation (EU) 2016/679 (GDPR), recital 14, data of legal persons

  - id: companies-partner
    decision: allow
    memberKind: company
    origin: partner
    reason: Companies from a partner's list; check that your contract with the partner allows advertising
    source: Regulation (EU) 2016/679 (GDPR), recital 14, data of legal persons

  - id: companies-broker
    decision: allow
    memberKind: company
    origin: broker
    reason: Companies from a data vendor; check that your licence allows use on ad platforms
    source: Regulation (EU) 2016/679 (GDPR), recital 14, data of legal persons

  - id: companies-public
    decision: allow
    memberKind: company
    origin: public
    reason: Companies from public registers and websites
    source: Regulation (EU) 2016/679 (GDPR), recital 14, data of legal persons
`;
