/** Tables for spreadsheets, made in the browser as the API makes its own. */

const CONTROLS = /^[\t\r\n\0]/;
const SIGNS = /^[\s\uFEFF]*[\0=+\-@＝＋－＠]/;

/**
 * The cell with an apostrophe before it where a spreadsheet could take it, or a line of it, for a formula.
 * @param {string} cell
 */
export function harmless(cell) {
  const lines = cell.split(/[\r\n]/);
  return CONTROLS.test(cell) || lines.some((line) => CONTROLS.test(line) || SIGNS.test(line)) ? `'${cell}` : cell;
}

/**
 * A row by RFC 4180: every cell in quotes, its own quotes doubled.
 * @param {readonly string[]} cells
 */
export const csvRow = (cells) => `${cells.map((cell) => `"${harmless(cell).replaceAll('"', '""')}"`).join(',')}\r\n`;
