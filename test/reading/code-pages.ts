import { Buffer } from "node:buffer";
import type { Random } from "./random.ts";
import { writeRecord } from "./write-file.ts";

/** Bytes of letters in code pages that no encoder here writes, from the tables of unicode.org. */
const PAGES: Readonly<Record<string, { from: string; to: readonly number[]; header: string[]; cells: string[][] }>> = {
  "windows-1250": {
    from: "áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ",
    to: [
      0xe1, 0xe8, 0xef, 0xe9, 0xec, 0xed, 0xf2, 0xf3, 0xf8, 0x9a, 0x9d, 0xfa, 0xf9, 0xfd, 0x9e, 0xc1, 0xc8, 0xcf, 0xc9, 0xcc,
      0xcd, 0xd2, 0xd3, 0xd8, 0x8a, 0x8d, 0xda, 0xd9, 0xdd, 0x8e,
    ],
    header: ["Název", "Příjmení", "Město", "Počet"],
    cells: [
      ["Základní škola", "Dvořák", "Plzeň"],
      ["Střední průmyslová škola", "Nováková", "České Budějovice"],
      ["Obecní úřad", "Němec", "Jindřichův Hradec"],
      ["Lékárna U Žluté růže", "Šťastný", "Děčín"],
    ],
  },
  "iso-8859-2": {
    from: "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ",
    to: [0xb1, 0xe6, 0xea, 0xb3, 0xf1, 0xf3, 0xb6, 0xbc, 0xbf, 0xa1, 0xc6, 0xca, 0xa3, 0xd1, 0xd3, 0xa6, 0xac, 0xaf],
    header: ["Województwo", "Miejscowość", "Nazwa szkoły", "Liczba"],
    cells: [
      ["Łódzkie", "Piotrków Trybunalski", "Zespół Szkół"],
      ["Śląskie", "Częstochowa", "Szkoła Podstawowa"],
      ["Małopolskie", "Kęty", "Gimnazjum im. Żeromskiego"],
      ["Dolnośląskie", "Wałbrzych", 'Przedszkole "Źródełko"'],
    ],
  },
  "windows-1250 pl": {
    from: "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ",
    to: [0xb9, 0xe6, 0xea, 0xb3, 0xf1, 0xf3, 0x9c, 0x9f, 0xbf, 0xa5, 0xc6, 0xca, 0xa3, 0xd1, 0xd3, 0x8c, 0x8f, 0xaf],
    header: ["Województwo", "Miejscowość", "Nazwa szkoły", "Liczba"],
    cells: [
      ["Łódzkie", "Piotrków Trybunalski", "Zespół Szkół"],
      ["Śląskie", "Częstochowa", "Szkoła Podstawowa"],
      ["Małopolskie", "Kęty", "Gimnazjum im. Żeromskiego"],
    ],
  },
  "koi8-r": {
    from: "абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ",
    to: [
      0xc1, 0xc2, 0xd7, 0xc7, 0xc4, 0xc5, 0xd6, 0xda, 0xc9, 0xca, 0xcb, 0xcc, 0xcd, 0xce, 0xcf, 0xd0, 0xd2, 0xd3, 0xd4, 0xd5,
      0xc6, 0xc8, 0xc3, 0xde, 0xdb, 0xdd, 0xdf, 0xd9, 0xd8, 0xdc, 0xc0, 0xd1,
    ]
      .flatMap((low) => [low])
      .concat([
        0xe1, 0xe2, 0xf7, 0xe7, 0xe4, 0xe5, 0xf6, 0xfa, 0xe9, 0xea, 0xeb, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf2, 0xf3, 0xf4, 0xf5,
        0xe6, 0xe8, 0xe3, 0xfe, 0xfb, 0xfd, 0xff, 0xf9, 0xf8, 0xfc, 0xe0, 0xf1,
      ]),
    header: ["Название", "Город", "Область", "Число"],
    cells: [
      ["Городская больница", "Новосибирск", "Сибирь"],
      ["Завод строительных машин", "Липецк", "Центр"],
      ["Школа", "Пермь", "Урал"],
    ],
  },
  "windows-1254": {
    from: "ğışöüçĞİŞÖÜÇ",
    to: [0xf0, 0xfd, 0xfe, 0xf6, 0xfc, 0xe7, 0xd0, 0xdd, 0xde, 0xd6, 0xdc, 0xc7],
    header: ["Şehir", "İlçe", "Okul adı", "Sayı"],
    cells: [
      ["İstanbul", "Beşiktaş", "Atatürk İlköğretim Okulu"],
      ["Iğdır", "Tuzluca", "Yeşilyurt Lisesi"],
      ["Muğla", "Fethiye", "Çalış Ortaokulu"],
    ],
  },
  macintosh: {
    from: "éèêàçôîùÉ",
    to: [0x8e, 0x8f, 0x90, 0x88, 0x8d, 0x99, 0x94, 0x9d, 0x83],
    header: ["Libellé", "Département", "Côté", "Nombre"],
    cells: [
      ["École élémentaire", "Rhône", "à côté"],
      ["Collège privé", "Hérault", "forêt"],
      ["Lycée général", "Isère", "façade"],
    ],
  },
};

/** A short register in one of the code pages. */
export function officeFile(random: Random): { bytes: Buffer; expected: string[][] } {
  const name = random.pick(Object.keys(PAGES));
  const { from, to, header, cells } = PAGES[name]!;
  const rows = Array.from({ length: random.integer(6, 60) }, (_, i) => [
    ...cells[i % cells.length]!,
    String(random.integer(1, 900)),
  ]);
  const delimiter = random.pick([";", ",", "\t"]);
  const chars = Array.from([header, ...rows].map((record) => `${writeRecord(record, { delimiter })}\r\n`).join(""));
  const codes = new Map(Array.from(from).map((char, i) => [char, to[i]!]));
  return { bytes: Buffer.from(chars.map((char) => codes.get(char) ?? char.charCodeAt(0))), expected: [header, ...rows] };
}
