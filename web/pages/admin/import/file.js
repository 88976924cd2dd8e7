/** The file that people are brought in from: what can be said of it before it is sent. */

import { BYTE_ORDER_MARK, csvRow } from '../../../lib/csv.js';

/** What the API takes at most; twice of that where each letter takes two bytes. */
const MOST_BYTES = 1024 * 1024;

/** What a zip begins with, as a workbook of Excel's or LibreOffice's does. */
const ZIP = [0x50, 0x4b, 0x03, 0x04];

/**
 * A table to fill in, as the reader's spreadsheets open one.
 * @param {import('../../../lib/csv.js').Separator} separator
 */
export const templateIn = (separator) =>
  BYTE_ORDER_MARK + [['name', 'email', 'groups', 'sites', 'regions'], ['Ada Lovelace', 'ada@example.com', '', '', '']].map((cells) => csvRow(cells, separator)).join('');

/** @typedef {'wrong_empty' | 'wrong_large' | 'wrong_workbook'} Wrong */

/**
 * @param {Uint8Array} bytes
 * @returns {Wrong | undefined} what is wrong with it
 */
export function wrongOf(bytes) {
  if (bytes.length === 0) return 'wrong_empty';
  if (ZIP.every((byte, at) => bytes[at] === byte)) return 'wrong_workbook';
  if (bytes.length > (isWide(bytes) ? 2 : 1) * MOST_BYTES) return 'wrong_large';
  return undefined;
}

/** Whether it is in UTF-16, as spreadsheets write it. @param {Uint8Array} bytes */
const isWide = ([first, second]) => (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);

/**
 * The lines of the file as they stand there, to show of whom its report tells.
 * @param {Uint8Array} bytes
 * @param {string} [encoding] as the API found it
 */
export const linesOf = (bytes, encoding = 'UTF-8') => new TextDecoder(encoding).decode(bytes).split(/\r\n|\r|\n/);

/** What a column of the file may hold, in the order in which it is offered. */
export const HOLDS = /** @type {const} */ (['name', 'first_name', 'last_name', 'email', 'groups', 'sites', 'regions', 'ignore']);

/** @typedef {typeof HOLDS[number]} Holds */
/** @typedef {{ heading: string, holds: Holds }} Column */
