import { test } from "vitest";
import { TestHome } from "../workflow/support.ts";
const LISTS: any[] = [
  {
    name: "accounts.csv",
    kind: "accounts",
    text: [
      "Customer ID,Company,Website,LinkedIn,Country,Employees,Industry",
      "C1,Nordlicht Hydraulik GmbH,nordlicht.example,linkedin.com/company/nordlicht,DE,220,Manufacturing",
      ",Nordlicht Hydraulik GmbH,,linkedin.com/company/nordlicht,,,",
      "C2,Acme Ltd,acme.example,,GB,40,Retail",
      "C3,Solo Name,,,FR,12,Hospitality",
      "",
      "N/A,-,,,,7,Retail",
      "C3,Solo Name,,,FR,12,Hospitality",
      "",
    ].join("\n"),
  },
  {
    name: "orders.csv",
    kind: "orders",
    text: "Order ID,Customer ID,Order Date,SKU,Quantity,Unit Price\nO1,C1,2026-10-01,s1,3,10.00\nO1,C1,2026-10-01,s2,1,5.50\nO2,C9,2026-09-01,s1,1,10.00\n",
  },
  { name: "never.csv", kind: "suppressions", text: "Domain,Reason\nacme.example,competitor\n" },
];


test("x", async () => {
  const home = new TestHome({ settings: { partitionRows: 4, rangeBytes: 200 }, adjust: (ports) => {
    for (const port of ["objects","accounts","runs","audiences","queue","batches"]) {
      const t = (ports as any)[port];
      for (const n of ["put","remove","save","putRun","putList","keep","send","receive","done","putState","putPush","get","size","list"]) if (t[n]) { const w = t[n].bind(t); t[n] = async (...a: any[]) => { console.log(port, n, String(a[0]).slice(0,80)); return w(...a); }; }
    }
  }});
  for (const l of LISTS) { console.log("=====", l.name); await home.drop(l); }
});
