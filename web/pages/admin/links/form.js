import { useEffect, useRef, useState } from 'preact/hooks';
import { Problem } from '../../../api.js';
import { getLink } from '../../../calls/links.js';
import { lastEditorOf } from '../../../calls/audit_of.js';
import { html, submits } from '../../../lib/html.js';
import { announce } from '../../../lib/page.js';
import { useDraft } from '../../../lib/draft.js';
import { useOnce } from '../../../lib/once.js';
import { dateIn } from '../../../lib/when.js';
import { Confirm } from '../../../parts/admin/confirm.js';
import { Trouble } from '../../../parts/admin/trouble.js';
import { Button } from '../../../parts/button.js';
import { UnitForm } from '../catalog/unit_form.js';
import { say as sayAll, wordsOf } from '../say.js';
import { zone } from '../who.js';
import { How, When, Where, Words } from './form_basics.js';
import { check, languageIn, refused, stillWrong } from './form_check.js';
import { Conflict } from './form_conflict.js';
import { Folds } from './form_folds.js';
import { Preview } from './form_preview.js';
import { say } from './form_say.js';
import { NOTHING, TERMS, changedTerms, onTop, valuesOf } from './form_values.js';
import { isAskedAbout, warningsOf } from './form_warnings.js';
import { givenBy } from './gives.js';
import { useNameTaken } from './other_names.js';

/** @typedef {import('./form_values.js').Values} Values */
/** @typedef {import('../../../calls/links.js').Link} Link */
/** @typedef {{ version: number, before: Values, now: Values }} Draft what it began with, and what it is now */

/** Puts the focus on the first field that is wrong, unfolding what it is in. */
function toFirstWrong() {
  const wrong = document.querySelector('.form-page :is([aria-invalid="true"], [data-wrong])');
  wrong?.closest('details')?.setAttribute('open', '');
  if (wrong instanceof HTMLElement) wrong.focus();
}

/**
 * The form of a link, with what it means beside it.
 * @param {{ id: string, first: Draft, link?: Link, catalog: import('../../../calls/catalog.js').Catalog, there: import('./form_warnings.js').There,
 *   send: (draft: Draft) => Promise<void>, again: () => Promise<void>, back: string }} props `id` of what the tab keeps; `send` saves it and goes
 *   on; `again` fetches the catalog again
 */
export function LinkForm({ id, first, link, catalog, there, send, again, back }) {
  const { draft: kept, edit: put, edited, forget } = useDraft(id, first);
  // What a tab has kept may be from before there were some of the values.
  const draft = { ...kept, before: { ...NOTHING, ...kept.before }, now: { ...NOTHING, ...kept.now } };
  const [restored, setRestored] = useState(edited);
  const [errors, setErrors] = useState(/** @type {Record<string, string>} */ ({}));
  const [pointed, setPointed] = useState(0);
  const [problem, setProblem] = useState(/** @type {unknown} */ (undefined));
  const [other, setOther] = useState(/** @type {{ link: Link, who: string | undefined } | undefined} */ (undefined));
  const [asked, setAsked] = useState(/** @type {{ draft: Draft, warnings: readonly import('./form_warnings.js').Warning[] } | undefined} */ (undefined));
  const [tag, choose] = useState('');
  const [creating, setCreating] = useState(/** @type {import('../../../calls/catalog.js').UnitKind | undefined} */ (undefined));
  const [busy, once] = useOnce();
  // Seats are taken while the form is open.
  const [taken, setTaken] = useState(/** @type {number | undefined} */ (undefined));
  const today = dateIn(zone());
  const values = draft.now;
  const nameTaken = useNameTaken(values.name, link);
  const warnedOf = (/** @type {Values} */ values, /** @type {number} */ taken) => {
    const { units, modules } = givenBy(values, catalog);
    return warningsOf(values, { units: units.length, modules: modules.length }, { ...there, taken, nameTaken }, today);
  };
  const warnings = warnedOf(values, taken ?? there.taken);
  const changed = (/** @type {Draft} */ { before, now }) => (link ? changedTerms(before, now) : TERMS);
  // An edit may come after the form was drawn anew, such as when a toast takes something back.
  const latest = useRef(draft);
  latest.current = draft;
  function edit(/** @type {Partial<Values>} */ change) {
    const now = { ...latest.current.now, ...change };
    put({ now });
    setErrors((errors) => stillWrong(errors, change, check(now, changed({ ...latest.current, now }), today)));
  }
  /** Changes which units of a kind are chosen. @param {import('../../../calls/catalog.js').UnitKind} kind @param {(chosen: string[]) => string[]} change */
  function choosing(kind, change) {
    const of = /** @type {const} */ (`${kind}s`);
    edit({ [of]: change(latest.current.now[of]) });
  }
  useEffect(toFirstWrong, [pointed]);

  /** @param {Record<string, import('./form_say.js').Word>} wrong */
  function point(wrong) {
    setErrors(Object.fromEntries(Object.entries(wrong).map(([field, word]) => [field, say(word)])));
    setPointed((times) => times + 1);
    announce(sayAll('error_invalid_fields'));
  }

  /** How many seats are taken as it is saved, where that matters to the question that is asked first. @param {Draft} draft */
  async function takenNow(draft) {
    if (!link || draft.now.cap.trim() === '' || !changed(draft).includes('cap')) return taken ?? there.taken;
    const { seats } = await getLink(link.id);
    setTaken(seats.taken);
    return seats.taken;
  }

  /** Saves it, or asks first where saving does what hardly anybody wants. @param {Draft} draft */
  const save = (draft) =>
    once(async () => {
      const wrong = check(draft.now, changed(draft), today);
      setProblem(undefined);
      if (Object.keys(wrong).length > 0) return point(wrong);
      setErrors({});
      try {
        const asked = warnedOf(draft.now, await takenNow(draft)).filter(({ key }) => isAskedAbout(key, changed(draft)));
        if (asked.length > 0) return setAsked({ draft, warnings: asked });
        await saveNow(draft);
      } catch (error) {
        await failed(error);
      }
    });

  /** @param {Draft} draft */
  async function saveNow(draft) {
    await send(draft);
    forget();
  }

  /** @param {unknown} error */
  async function failed(error) {
    wordsOf(error);
    if (!(error instanceof Problem)) return;
    if (error.code === 'version_conflict' && link) {
      try {
        const [theirs, who] = await Promise.all([getLink(link.id), lastEditorOf(link.id)]);
        return setOther({ link: theirs, who });
      } catch (error) {
        return setProblem(error);
      }
    }
    const wrong = refused(error.fields);
    const untold = languageIn(error.fields);
    if (untold) choose(untold);
    if (Object.keys(wrong).length > 0) point(wrong);
    else setProblem(error);
  }

  const anew = () => {
    put(first);
    setRestored(false);
    setErrors({});
    setProblem(undefined);
  };
  const theirs = other && valuesOf(other.link, zone());
  const over = () => {
    if (!other || !theirs) return;
    const draftOnTop = { version: other.link.version, before: theirs, now: onTop(draft.before, draft.now, theirs) };
    setOther(undefined);
    put(draftOnTop);
    void save(draftOnTop);
  };
  const letGo = () => {
    if (!other || !theirs) return;
    setOther(undefined);
    setErrors({});
    put({ version: other.link.version, before: theirs, now: theirs });
  };
  return html`<form class="columns form-page" novalidate onSubmit=${submits(() => save(draft))}>
    <div>
      ${restored && edited && html`<p class="notice" role="status">${sayAll('draft_kept')} <button type="button" class="link" onClick=${anew}>${sayAll('draft_drop')}</button></p>`}
      <${Words} values=${values} errors=${errors} edit=${edit} warnings=${warnings} />
      <${Where} values=${values} errors=${errors} edit=${edit} warnings=${warnings} catalog=${catalog} create=${setCreating} />
      <${How} values=${values} errors=${errors} edit=${edit} warnings=${warnings} />
      <${When} values=${values} errors=${errors} edit=${edit} warnings=${warnings} link=${link} />
      <${Folds} values=${values} errors=${errors} edit=${edit} warnings=${warnings} waiting=${there.waiting} tag=${tag} choose=${choose} />
    </div>
    <aside class="form-beside" aria-label=${say('preview')}>
      <${Preview} values=${values} tag=${tag} choose=${choose} catalog=${catalog} />
    </aside>
    <div>
      ${problem !== undefined && html`<${Trouble} problem=${problem} />`}
      <div class="form-foot">
        <${Button} label=${link ? sayAll('save') : say('create')} busy=${busy} />
        <a class="button plain" href=${back}>${sayAll('cancel')}</a>
      </div>
    </div>
    ${other &&
    theirs &&
    html`<${Conflict} before=${draft.before} mine=${values} theirs=${theirs} who=${other.who} catalog=${catalog} onTop=${over} letGo=${letGo} onClose=${() => setOther(undefined)} />`}
  </form>
  ${asked &&
  html`<${Confirm}
    title=${say(link ? 'confirm_save_title' : 'confirm_create_title')}
    label=${say(link ? 'confirm_save' : 'confirm_create')}
    onClose=${() => setAsked(undefined)}
    run=${async () => void once(() => saveNow(asked.draft).catch(failed))}
  >
    ${asked.warnings.map(({ key, values }) => html`<p key=${key}>${say(key, values)}</p>`)}
  <//>`}
  ${creating &&
  html`<${UnitForm}
    catalog=${catalog}
    kind=${creating}
    onClose=${() => setCreating(undefined)}
    then=${again}
    saved=${(/** @type {string} */ unit) => choosing(creating, (chosen) => [...chosen, unit])}
    dropped=${(/** @type {string} */ unit) => choosing(creating, (chosen) => chosen.filter((one) => one !== unit))}
  />`}`;
}
