/** Tables for spreadsheets, made in the browser as the API makes its own. */

const CONTROLS = /^[\t\r\n\0]/;
const SIGNS = /^[\s\uFEFF]*[\0=+\-@＝＋－＠]/;

/** What tells spreadsheets that a file is UTF-8. It is lost where a page of the API is read as a text, so each file is given it anew. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** @typedef {'comma' | 'semicolon'} Separator */

/**
 * What the reader's spreadsheets expect between cells: a semicolon where numbers have a comma.
 * @param {string} [tag] the language and region in which their system writes numbers
 * @returns {Separator}
 */
export const separatorOf = (tag = globalThis.navigator?.language) => (new Intl.NumberFormat(tag).format(1.5).includes(',') ? 'semicolon' : 'comma');

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
 * @param {Separator} [separator]
 */
export const csvRow = (cells, separator = 'comma') =>
  `${cells.map((cell) => `"${harmless(cell).replaceAll('"', '""')}"`).join(separator === 'comma' ? ',' : ';')}\r\n`;

/**
 * Names in one cell, with semicolons between them. One that has a semicolon or a quotation mark of its own is quoted, so that an import
 * reads the same names.
 * @param {readonly string[]} names
 */
export const joined = (names) => names.map((name) => (/[;"]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name)).join('; ');

/**
 * A moment as spreadsheets read one in any country: `2026-11-22 18:29:09`, local time.
 * @param {string} instant RFC 3339
 * @param {string} zone an IANA name
 */
export function cellOf(instant, zone) {
  const shape = /** @type {const} */ ({ dateStyle: 'short', timeStyle: 'medium', timeZone: zone });
  // Sweden writes moments as the standard does.
  return new Intl.DateTimeFormat('sv-SE', shape).format(new Date(instant));
}
