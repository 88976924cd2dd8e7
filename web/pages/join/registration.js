/** What somebody types who joins, what is wrong with it, and how it is sent. It knows no page. */

import { say, spoken } from '../../lib/language.js';
import { hiddenWords } from '../../lib/words.js';

/**
 * @typedef {import('../../calls/worker.js').PublicLink} PublicLink
 * @typedef {import('../../calls/worker.js').Asked} Asked
 * @typedef {{ name: string, email: string, website: string, answers: Record<string, string> }} Draft
 */

/** Reads numbers as people type them; few links ask for one. @type {typeof import('./number.js').readNumber | undefined} */
let reader;

/**
 * Loads what reading the answers to this link takes.
 * @param {PublicLink} link
 */
export async function readyFor({ fields }) {
  if (fields.some(({ kind }) => kind === 'number')) reader = (await import('./number.js')).readNumber;
}

/** @param {string} typed */
const readNumber = (typed) => {
  if (!reader) throw new Error('the answers to this link cannot be read yet');
  return reader(typed);
};

/**
 * A draft of what was kept of one, whatever that is.
 * @param {unknown} kept
 * @returns {Draft}
 */
export function draftFrom(kept) {
  const { name, email, answers } = /** @type {Record<string, unknown>} */ (kept ?? {});
  const typed = Object.entries(answers ?? {}).filter(([, answer]) => typeof answer === 'string');
  return {
    name: typeof name === 'string' ? name : '',
    email: typeof email === 'string' ? email : '',
    website: '',
    answers: Object.fromEntries(typed),
  };
}

/**
 * Which words the page uses: for joining, for asking to, or for waiting.
 * @param {PublicLink} link
 * @returns {'' | '_approval' | '_waiting'}
 */
export function wayIn(link) {
  if (link.state === 'waiting_list') return '_waiting';
  return link.admission === 'approval' ? '_approval' : '';
}

/**
 * What is wrong, in words, by field. The API has the last word; this saves a round trip.
 * @param {PublicLink} link
 * @param {Draft} draft
 * @param {boolean} asksPerson whether name and address are asked
 * @returns {Record<string, string>}
 */
export function check(link, draft, asksPerson) {
  /** @type {Record<string, string>} */
  const wrong = {};
  if (asksPerson) {
    if (draft.name.trim() === '' || [...draft.name.trim()].length > 100) wrong['name'] = say('wrong_name');
    const email = draft.email.trim();
    if (!/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email)) wrong['email'] = say('wrong_email');
    else if (!admits(link.domains, email)) wrong['email'] = wrongAddress(link);
  }
  for (const question of link.fields) {
    const typed = (draft.answers[question.key] ?? '').trim();
    if (typed === '' && question.required) wrong[`answers.${question.key}`] = missing(question);
    if (question.kind === 'number' && typed !== '' && numberOf(typed) === undefined) wrong[`answers.${question.key}`] = wrongNumber(typed);
  }
  return wrong;
}

/** @param {string} typed */
function wrongNumber(typed) {
  const read = readNumber(typed);
  return read && 'whole' in read ? say('wrong_number_unclear', { typed, ...read }) : say('wrong_number');
}

/** @param {Asked} question */
const missing = (question) => say(question.kind === 'text' ? 'wrong_missing' : `wrong_${question.kind}`);

/**
 * @param {string[] | null} domains
 * @param {string} email
 */
const admits = (domains, email) => !domains || domains.map(asciiOf).includes(asciiOf(email.split('@')[1] ?? ''));

/** @param {PublicLink} link */
const wrongAddress = (link) =>
  link.domains ? say('wrong_email_domain', { domains: listed(link.domains) }) : say('wrong_email');

/**
 * The words for the fields that the API refused, of those that the page shows.
 * @param {PublicLink} link
 * @param {Record<string, string>} fields
 * @returns {Record<string, string>}
 */
export function refused(link, fields) {
  const shown = [
    ['name', say('wrong_name')],
    ['email', wrongAddress(link)],
    ...link.fields.map(({ key, kind }) => [`answers.${key}`, say(`wrong_${kind}`)]),
  ];
  const there = shown.filter(([field]) => field !== undefined && field in fields);
  return Object.fromEntries(there.map(([field = '', words = '']) => [field, hiddenWords(fields[field]) ?? words]));
}

/**
 * What is sent.
 * @param {PublicLink} link
 * @param {Draft} draft
 * @param {boolean} asksPerson
 * @returns {import('../../calls/worker.js').Registration}
 */
export function registration(link, draft, asksPerson) {
  /** @type {Record<string, string | number>} */
  const answers = {};
  for (const { key, kind } of link.fields) {
    const typed = (draft.answers[key] ?? '').trim();
    if (typed !== '') answers[key] = kind === 'number' ? (numberOf(typed) ?? typed) : typed;
  }
  const person = asksPerson ? { name: draft.name.trim(), email: draft.email.trim() } : {};
  const trap = draft.website === '' ? {} : { website: draft.website };
  return { ...person, ...trap, ...(link.fields.length > 0 ? { answers } : {}) };
}

/**
 * The number that somebody typed, where it is one and no other.
 * @param {string} typed
 * @returns {number | undefined}
 */
export function numberOf(typed) {
  const read = readNumber(typed);
  return read && 'value' in read ? read.value : undefined;
}

/**
 * Several names in one sentence.
 * @param {string[]} names
 */
export const listed = (names) => new Intl.ListFormat(spoken(), { type: 'disjunction' }).format(names);

/**
 * A mail domain as it is compared: in lower-case ASCII, whatever script it is typed in.
 * @param {string} domain
 */
export function asciiOf(domain) {
  const url = `http://${domain}`;
  return /[/?#:@\\]/.test(domain) || !URL.canParse(url) ? domain.toLowerCase() : new URL(url).hostname;
}
