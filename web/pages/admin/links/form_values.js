/** A link's terms as the form holds them, and as the API takes them. */

import { dateIn } from '../../../lib/when.js';
import { translatedOf, translationsOf } from './form_translated.js';

/** @typedef {import('../../../calls/links.js').Link} Link */
/** @typedef {import('../../../calls/links.js').Terms} Terms */
/** @typedef {import('../../../calls/worker.js').Asked} Asked */
/** @typedef {{ id: string, key: string, label: string, kind: Asked['kind'], options: string, required: boolean }} AskedRow `options` one a line */

/**
 * @typedef {object} Values
 * @property {string} name
 * @property {string} description
 * @property {string} welcome
 * @property {string} starts a date in the organization's zone, or nothing
 * @property {string} expires
 * @property {string} cap
 * @property {'instant' | 'approval'} admission
 * @property {string[]} groups
 * @property {string[]} sites
 * @property {string[]} regions
 * @property {string} only mail domains, as they are typed
 * @property {'refuse' | 'approval'} others
 * @property {'refuse' | 'waiting_list'} overflow
 * @property {boolean} admit_waiting
 * @property {boolean} notify_waiting
 * @property {AskedRow[]} fields
 * @property {string} text_language a tag; nothing for the organization's
 * @property {Record<string, import('./form_translated.js').Translated>} translations by tag
 * @property {'never' | 'on' | 'after_days'} ends
 * @property {string} ends_on
 * @property {string} ends_days
 */

/** @type {Values} */
export const NOTHING = {
  name: '',
  description: '',
  welcome: '',
  starts: '',
  expires: '',
  cap: '',
  admission: 'instant',
  groups: [],
  sites: [],
  regions: [],
  only: '',
  others: 'refuse',
  overflow: 'refuse',
  admit_waiting: false,
  notify_waiting: true,
  fields: [],
  text_language: '',
  translations: {},
  ends: 'never',
  ends_on: '',
  ends_days: '',
};

/**
 * The values that each term is made of.
 * @satisfies {Record<string, readonly (keyof Values)[]>}
 */
export const PARTS = /** @type {const} */ ({
  name: ['name'],
  description: ['description'],
  welcome: ['welcome'],
  starts: ['starts'],
  expires: ['expires'],
  cap: ['cap'],
  admission: ['admission'],
  allocation: ['groups', 'sites', 'regions'],
  domains: ['only', 'others'],
  overflow: ['overflow'],
  admit_waiting: ['admit_waiting'],
  notify_waiting: ['notify_waiting'],
  fields: ['fields'],
  text_language: ['text_language'],
  translations: ['translations'],
  allocation_ends: ['ends', 'ends_on', 'ends_days'],
});

/** @typedef {keyof typeof PARTS} Term */

export const TERMS = /** @type {Term[]} */ (Object.keys(PARTS));

/**
 * The date of a local time of the API's, such as `2026-12-01 23:59 Europe/Berlin`.
 * @param {string | null} local
 */
const dateOf = (local) => local?.split(' ')[0] ?? '';

/**
 * @param {Link} link
 * @param {string} zone the organization's
 * @returns {Values}
 */
export function valuesOf(link, zone) {
  const { domains, allocation_ends: ends } = link;
  return {
    name: link.name,
    description: link.description,
    welcome: link.welcome ?? '',
    starts: dateOf(link.starts_local),
    expires: dateOf(link.expires_local),
    cap: link.cap === null ? '' : String(link.cap),
    admission: link.admission,
    ...link.allocation,
    only: domains?.only.join(', ') ?? '',
    others: domains?.others ?? 'refuse',
    overflow: link.overflow,
    admit_waiting: link.admit_waiting,
    notify_waiting: link.notify_waiting,
    fields: link.fields.map(({ key, label, kind, options = [], required }) => ({ id: key, key, label, kind, options: options.join('\n'), required })),
    text_language: link.text_language ?? '',
    translations: translatedOf(link.translations),
    ends: !ends ? 'never' : 'on' in ends ? 'on' : 'after_days',
    // The end of a day is the first moment of the next.
    ends_on: ends && 'on' in ends ? dateIn(zone, Date.parse(ends.on) - 1) : '',
    ends_days: ends && 'after_days' in ends ? String(ends.after_days) : '',
  };
}

/** @param {string} text */
export const domainsIn = (text) => [...new Set(text.toLowerCase().split(/[\s,;]+/).map((domain) => domain.replace(/^@/, '')).filter(Boolean))];

/** @param {string} text */
export const linesOf = (text) => text.split('\n').map((line) => line.trim()).filter(Boolean);

/**
 * A key for something that is asked, made of its label: `Ihr Gewerk (Straße)` is `ihr_gewerk_strasse`.
 * @param {string} label
 * @param {readonly string[]} taken
 */
export function keyFor(label, taken) {
  const plain = label.toLowerCase().replace(/ß/g, 'ss').normalize('NFD').replace(/\p{M}/gu, '').replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+|_+$/g, '');
  const base = plain.slice(0, 36).replace(/_+$/, '') || 'field';
  let key = base;
  for (let n = 2; taken.includes(key); n += 1) key = `${base}_${n}`;
  return key;
}

/** @param {readonly AskedRow[]} rows @returns {Asked[]} */
function askedOf(rows) {
  const taken = rows.map(({ key }) => key).filter(Boolean);
  return rows.map(({ key: old, label, kind, options, required }) => {
    const key = old || keyFor(label, taken);
    if (!old) taken.push(key);
    return { key, label: label.trim(), kind, ...(kind === 'choice' && { options: linesOf(options) }), required };
  });
}

/** @param {Values} values @returns {Terms['allocation_ends']} */
function endOf({ ends, ends_on, ends_days }) {
  if (ends === 'never') return null;
  return ends === 'on' ? { on: ends_on } : { after_days: Number(ends_days) };
}

/**
 * All terms, as create-link takes them.
 * @param {Values} values
 */
export const termsOf = (values) => withTexts(values, askedOf(values.fields));

/** @param {Values} values @param {Asked[]} asked */
const withTexts = (values, asked) => ({
  name: values.name.trim(),
  description: values.description.trim(),
  welcome: values.welcome.trim() || null,
  starts: values.starts || null,
  expires: values.expires || null,
  cap: values.cap.trim() === '' ? null : Number(values.cap),
  admission: values.admission,
  allocation: { groups: [...values.groups].sort(), sites: [...values.sites].sort(), regions: [...values.regions].sort() },
  domains: domainsIn(values.only).length > 0 ? { only: domainsIn(values.only), others: values.others } : null,
  overflow: values.overflow,
  admit_waiting: values.admit_waiting,
  notify_waiting: values.notify_waiting,
  fields: asked.length > 0 ? asked : null,
  ...(values.text_language && { text_language: values.text_language }),
  translations: translationsOf(
    values.translations,
    values.welcome.trim() !== '',
    asked.map(({ key, options = [] }, at) => ({ id: values.fields[at]?.id ?? '', key, options })),
  ),
  allocation_ends: endOf(values),
});

/**
 * Which terms differ. A moment that was set to the minute is the same as long as its day is.
 * @param {Values} before
 * @param {Values} now
 */
export function changedTerms(before, now) {
  const [was, is] = [termsOf(before), termsOf(now)].map((terms) => /** @type {Partial<Record<Term, unknown>>} */ (terms));
  return TERMS.filter((term) => JSON.stringify(was?.[term]) !== JSON.stringify(is?.[term]));
}

/**
 * What an edit sends: what was changed, and nothing else.
 * @param {Values} before
 * @param {Values} now
 * @returns {Terms}
 */
export function editOf(before, now) {
  const terms = /** @type {Partial<Record<Term, unknown>>} */ (termsOf(now));
  return Object.fromEntries(changedTerms(before, now).map((term) => [term, terms[term]]));
}

/**
 * The terms somebody else has set, with what was changed here on top.
 * @param {Values} before
 * @param {Values} mine
 * @param {Values} theirs
 * @returns {Values}
 */
export function onTop(before, mine, theirs) {
  const keys = changedTerms(before, mine).flatMap((term) => /** @type {readonly (keyof Values)[]} */ (PARTS[term]));
  return { ...theirs, ...Object.fromEntries(keys.map((key) => [key, mine[key]])) };
}
