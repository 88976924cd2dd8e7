/** A link's terms, each in words. */

import { calendarDay } from '../../../lib/when.js';
import { number } from '../../../lib/speaker.js';
import { say } from './form_say.js';
import { domainsIn } from './form_values.js';
import { NAMES } from '../../../locales/languages.js';
import { progressOf } from './form_texts.js';
import { canWait } from './form_warnings.js';
import { KINDS } from './gives.js';

/** @typedef {import('./form_values.js').Values} Values */
/** @typedef {import('./form_values.js').Term} Term */
/** @typedef {import('../../../calls/catalog.js').Catalog} Catalog */

/** @param {string} date */
const day = (date) => (date === '' ? say('none') : calendarDay(date));

/**
 * @param {Term} term
 * @param {Values} values
 * @param {Catalog} catalog
 * @returns {string}
 */
export function termWords(term, values, catalog) {
  switch (term) {
    case 'name':
    case 'description':
    case 'welcome':
      return values[term].trim() || say('none');
    case 'starts':
      return day(values.starts);
    case 'expires':
      return values.expires === '' ? say('ends_never') : day(values.expires);
    case 'cap':
      return values.cap.trim() === '' ? say('none') : number(Number(values.cap));
    case 'admission':
      return say(`admission_${values.admission}`);
    case 'allocation':
      return KINDS.flatMap((kind) => values[kind].map((id) => catalog[kind].find((unit) => unit.id === id)?.name ?? `${id.slice(0, 8)}…`)).join(', ') || say('none');
    case 'domains':
      return domainsIn(values.only).length > 0 ? say(`domains_then_${values.others}`, { domains: domainsIn(values.only).join(', ') }) : say('domains_any');
    case 'overflow':
      return say(`overflow_${values.overflow}`);
    case 'admit_waiting':
      if (values.admit_waiting) return say('admit_yes');
      return say(values.overflow === 'waiting_list' ? 'admit_no' : 'admit_none');
    case 'notify_waiting':
      if (!values.notify_waiting) return say('notify_no');
      return say(canWait(values) ? 'notify_yes' : 'notify_never');
    case 'fields':
      return values.fields.map(({ label, kind, required }) => say(required ? 'asked_required' : 'asked', { label, kind: say(`kind_${kind}`) })).join('; ') || say('none');
    case 'text_language':
      return NAMES[values.text_language] ?? say('text_language_default');
    case 'translations':
      return (
        Object.keys(NAMES)
          .map((tag) => ({ language: NAMES[tag] ?? tag, ...progressOf(values, tag) }))
          .filter(({ n }) => n > 0)
          .map((progress) => say('translated', progress))
          .join('; ') || say('none')
      );
    case 'allocation_ends':
      if (values.ends === 'never') return say('ends_never');
      return values.ends === 'on' ? say('ends_said_on', { day: day(values.ends_on) }) : say('ends_said_after', { n: Number(values.ends_days) });
  }
}
