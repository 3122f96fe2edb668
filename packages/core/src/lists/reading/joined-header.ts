/** The cells of a header of several lines: what stands above each other, joined with a space. */
export function joinedHeader(lines: readonly (readonly string[])[]): string[] {
  const width = Math.max(0, ...lines.map((cells) => cells.length));
  return Array.from({ length: width }, (_, j) =>
    lines.reduce((above, cells) => {
      const cell = cells[j] ?? "";
      return above.trim() === "" ? cell : cell.trim() === "" ? above : `${above} ${cell}`;
    }, ""),
  );
}
