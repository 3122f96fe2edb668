/**
 * SIC-1987 (US OSHA) to NAICS-2022 sectors: two-digit major groups, then the three- and four-digit groups that lie elsewhere than most of
 * their major group. Longest prefix wins. `?` marks a group that NAICS splits, where no one sector holds most of it.
 */
const TABLE = `
01 11|02 11|07 11|074 54|075 11|0752 81|078 56|08 11|09 11|10 21|12 21|13 21|14 21|15 23|16 23|17 23
20 31-33|21 31-33|22 31-33|23 31-33|24 31-33|241 11|25 31-33|26 31-33|27 ?|275 31-33|276 31-33|278 31-33|279 31-33|271 51|272 51|273 51|2732 31-33|274 51|277 51|28 31-33|29 31-33|30 31-33|31 31-33|32 31-33
33 31-33|34 31-33|35 31-33|36 31-33|365 31-33|37 31-33|38 31-33|39 31-33
40 48-49|41 48-49|42 48-49|43 48-49|44 48-49|4493 71|45 48-49|46 48-49|47 48-49|472 56|4729 48-49|4783 48-49|4785 48-49|48 51|49 22|4922 48-49|495 56|4952 22|4959 56
50 42|51 42
52 44-45|53 44-45|54 44-45|55 44-45|56 44-45|57 44-45|58 72|59 44-45
60 52|61 52|62 52|63 52|64 52|65 53|6552 23|6553 81|6541 54|67 52|671 55|6712 55|6719 55|6732 81|679 53|6798 52|6799 52
70 72|72 81|7217 56|722 54|7291 54|73 ?|731 54|732 56|734 56|738 56|7319 54|7323 56|7331 54|733 56|7334 56|7335 54|7336 54|735 53|736 56|737 54|7372 51|7374 51|7375 51|7377 53|7378 81|7382 56|7383 51|7384 81|7389 ?
75 81|751 53|752 81|76 81|78 51|783 51|784 53|79 71|7922 71|80 62|8093 62|81 54|82 61|823 51|8231 51|83 62|8331 62|84 71|86 81|87 54|8744 56|8733 54|88 81
89 54|899 71|91 92|92 92|93 92|94 92|95 92|96 92|97 92
`;

const sectors = new Map<string, string>(
  TABLE.trim()
    .split(/[|\n]/)
    .map((entry): [string, string] => [entry.slice(0, entry.indexOf(" ")), entry.slice(entry.indexOf(" ") + 1)]),
);

/** The NAICS sector of a SIC code of two to eight digits (D&B's eight-digit codes begin with the SIC), null where NAICS splits it or none exists. */
export function sicSector(code: string): string | null {
  if (!/^\d{2,8}$/.test(code)) return null;
  for (let length = Math.min(4, code.length); length >= 2; length--) {
    const sector = sectors.get(code.slice(0, length));
    if (sector !== undefined) return sector === "?" ? null : sector;
  }
  return null;
}
