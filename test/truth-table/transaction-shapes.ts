import { type Cell, type Column, column, eachDeal, eachLine, noise, type Row, type Shape, type Value } from "./shape.ts";
import { dayText, money, sourceId, text } from "./writers.ts";

const own = { origin: "first-party" } as const;

/** A cell of the order, filled in its first row alone (trap 15). */
function head(
  header: string,
  field: string | null,
  write: (row: Row) => string,
  value?: (row: Row) => Value | undefined,
  rank = 0,
): Column {
  const full = column(header, field, write, { holes: false, rank, ...(value ? { value } : {}) });
  return {
    ...full,
    cell(row, random): Cell {
      return row.first ? full.cell(row, random) : { text: "", says: field === null ? {} : { [field]: undefined } };
    },
  };
}

const shopify: Shape = {
  id: "Shopify orders",
  fingerprint: "shopify-orders",
  kind: "orders",
  vendor: true,
  source: own,
  rows: eachLine,
  columns: [
    column("Name", "order.id", ({ order }) => order!.id, { holes: false }),
    head(
      "Email",
      "order.buyerEmail",
      ({ company }) => company.people[0]!.email,
      () => undefined,
    ),
    // A line without the word of its order counts as placed until the lines of the order come together.
    column(
      "Financial Status",
      "order.status",
      ({ order, first }) => {
        const { status } = order!;
        return first === true
          ? { text: status === "placed" ? "paid" : "refunded", says: { "order.status": status } }
          : { text: "", says: { "order.status": "placed" } };
      },
      { holes: false },
    ),
    head("Paid at", "order.paidAt", ({ order }) => `${order!.paid} 09:00:00 +0000`),
    ...noise("Fulfillment Status", () => "fulfilled"),
    ...noise("Fulfilled at,Accepts Marketing"),
    head("Currency", "order.currency", () => "USD"),
    head(
      "Subtotal",
      "order.subtotal",
      ({ order }) => (order!.total / 100).toFixed(2),
      () => undefined,
    ),
    ...noise("Shipping,Taxes", () => "0.00"),
    head("Total", "order.total", ({ order }) => (order!.total / 100).toFixed(2)),
    ...noise("Discount Code"),
    head(
      "Discount Amount",
      "order.discountAmount",
      () => "0.00",
      () => undefined,
    ),
    ...noise("Shipping Method", () => "Freight"),
    head("Created at", "order.date", ({ order }) => `${order!.date} 08:15:00 +0000`),
    column("Lineitem quantity", "order.quantity", ({ line }) => String(line!.quantity), { holes: false }),
    column("Lineitem name", "order.text", ({ line }) => line!.text, { holes: false }),
    column("Lineitem price", "order.unitPrice", ({ line }) => (line!.price / 100).toFixed(2), { holes: false }),
    ...noise("Lineitem compare at price"),
    column("Lineitem sku", "order.sku", ({ line }) => `'${line!.sku}`, { holes: false }),
    ...noise("Lineitem requires shipping,Lineitem taxable", () => "true"),
    ...noise("Lineitem fulfillment status", () => "fulfilled"),
    ...noise("Billing Name", ({ company }) => `${company.people[0]!.first} ${company.people[0]!.last}`),
    head("Billing Street", "street", ({ company }) => company.street),
    column("Billing Address1", "street", () => undefined),
    ...noise("Billing Address2"),
    head("Billing Company", "name", ({ company }) => company.name),
    head("Billing City", "city", ({ company }) => company.city),
    head("Billing Zip", "postalCode", ({ company }) => `'${company.postalCode}`),
    head("Billing Province", "state", ({ company }) => company.state ?? ""),
    head("Billing Country", "country", ({ company }) => company.country),
    ...noise("Billing Phone", ({ company }) => `'${company.phone}`),
    ...noise("Shipping Name", ({ company }) => `${company.people[0]!.first} ${company.people[0]!.last}`),
    ...noise("Shipping Street,Shipping Address1,Shipping Address2"),
    column("Shipping Company", "name", () => undefined, { rank: 2 }),
    head(
      "Shipping City",
      "order.shipCity",
      ({ company }) => company.city,
      () => undefined,
    ),
    head(
      "Shipping Zip",
      "order.shipPostalCode",
      ({ company }) => `'${company.postalCode}`,
      () => undefined,
    ),
    ...noise("Shipping Province"),
    head(
      "Shipping Country",
      "order.shipCountry",
      ({ company }) => company.country,
      () => undefined,
    ),
    ...noise("Shipping Phone,Notes,Note Attributes"),
    head(
      "Cancelled at",
      "order.cancelledAt",
      () => "",
      () => undefined,
    ),
    ...noise("Payment Method", () => "Invoice"),
    ...noise("Payment Reference"),
    head(
      "Refunded Amount",
      "order.refunded",
      () => "0.00",
      () => undefined,
    ),
    ...noise("Vendor", () => "Our Shop"),
    ...noise("Outstanding Balance,Employee,Location,Device ID"),
    ...noise("Id", ({ order }) => `55${order!.id.slice(1)}`),
    ...noise("Tags"),
    ...noise("Risk Level", () => "Low"),
    head(
      "Source",
      "order.channel",
      () => "web",
      () => "web",
    ),
    column("Lineitem discount", "order.discountAmount", () => "0.00", { holes: false, value: () => undefined }),
    ...noise("Tax 1 Name,Tax 1 Value,Phone,Receipt Number,Duties,Billing Province Name,Shipping Province Name,Payment ID"),
    head("Payment Terms Name", "order.paymentTerms", ({ order }) => order!.terms),
    head("Next Payment Due At", "order.dueAt", ({ order }) => `${order!.due} 00:00:00 +0000`),
    ...noise("Payment References"),
  ],
};

const opportunity: Shape = {
  id: "Salesforce opportunities",
  fingerprint: "salesforce-opportunity",
  kind: "deals",
  vendor: true,
  source: { ...own, currency: "USD" },
  rows: eachDeal,
  columns: [
    column("Id", "deal.id", ({ deal }) => deal!.id, { holes: false }),
    ...noise("IsDeleted,IsPrivate", () => "false"),
    sourceId("AccountId", "salesforce"),
    column("Name", "deal.name", ({ deal }) => deal!.name),
    ...noise("Description", () => "bespoke"),
    column(
      "StageName",
      "deal.stage",
      ({ deal }) => ({ text: deal!.stage, says: { "deal.stage": deal!.stage, "deal.outcome": deal!.outcome } }),
      { holes: false },
    ),
    column("Amount", "deal.amount", ({ deal }) => (deal!.amount / 100).toFixed(1)),
    column("Probability", "deal.probability", ({ deal }) => String(deal!.probability)),
    column("CloseDate", "deal.closedAt", ({ deal }) => deal!.closed),
    column("IsWon", "deal.isWon", ({ deal }) => String(deal!.outcome === "won"), { holes: false, value: () => undefined }),
    column("IsClosed", "deal.isClosed", ({ deal }) => String(deal!.outcome !== "open"), { holes: false, value: () => undefined }),
    column("CreatedDate", "deal.createdAt", ({ deal }) => `${deal!.created}T10:00:00.000Z`),
    ...noise("Type", () => "New Business"),
    ...noise("LeadSource", () => "Web"),
  ],
};

const hubspotDeals: Shape = {
  id: "HubSpot deals",
  fingerprint: "hubspot-deals",
  kind: "deals",
  vendor: true,
  source: { ...own, currency: "USD" },
  rows: eachDeal,
  columns: [
    column("Record ID", "deal.id", ({ deal }) => deal!.id, { holes: false }),
    column("Deal Name", "deal.name", ({ deal }) => deal!.name),
    column(
      "Deal Stage",
      "deal.stage",
      ({ deal }) => {
        const words = { open: "Appointment Scheduled", won: "Closed Won (Sales Pipeline)", lost: "Closed Lost (Sales Pipeline)" };
        const cell = words[deal!.outcome];
        return { text: cell, says: { "deal.stage": cell, "deal.outcome": deal!.outcome } };
      },
      { holes: false },
    ),
    ...noise("Pipeline", () => "Sales Pipeline"),
    column("Close Date", "deal.closedAt", ({ deal }) => `${deal!.closed} 17:00`),
    column("Amount", "deal.amount", ({ deal }) => (deal!.amount / 100).toFixed(2)),
    ...noise("Deal owner", () => "Team North"),
    column("Create Date", "deal.createdAt", ({ deal }) => `${deal!.created} 09:00`),
    text("Associated Company", "name", { holes: false, of: (company) => company.name }),
    ...noise("Associated Contact", ({ company }) => `${company.people[0]!.first} ${company.people[0]!.last}`),
  ],
};

const germanOrders: Shape = {
  id: "Orders of one's own (de)",
  fingerprint: "unknown",
  kind: "orders",
  vendor: false,
  source: own,
  rows: eachLine,
  columns: [
    column("Rechnungsnummer", "order.id", ({ order }) => order!.id.slice(1), {
      holes: false,
      value: ({ order }) => order!.id.slice(1),
    }),
    column("Rechnungsdatum", "order.date", ({ order }) => dayText(order!.date, "dmy", "."), { holes: false }),
    sourceId("Kundennummer", "crm"),
    text("Kunde", "name", { holes: false, of: (company) => company.name }),
    column("Artikelnummer", "order.sku", ({ line }) => line!.sku, { holes: false }),
    column("Menge", "order.quantity", ({ line }) => String(line!.quantity), { holes: false }),
    column("Einzelpreis (USD)", "order.unitPrice", ({ line }) => money(line!.price, ","), { holes: false }),
    column("Betrag (USD)", "order.amount", ({ line }) => money(line!.quantity * line!.price, ","), { holes: false }),
  ],
  style: { delimiter: ";" },
};

/** Orders and deals. */
export const TRANSACTION_SHAPES: readonly Shape[] = [shopify, opportunity, hubspotDeals, germanOrders];
