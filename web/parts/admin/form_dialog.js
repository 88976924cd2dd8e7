import { useEffect, useRef, useState } from 'preact/hooks';
import { Problem } from '../../api.js';
import { useDraft } from '../../lib/draft.js';
import { html } from '../../lib/html.js';
import { useOnce } from '../../lib/once.js';
import { hiddenWords } from '../../pages/admin/hidden.js';
import { say } from '../../pages/admin/say.js';
import { Button } from '../button.js';
import { Dialog } from './dialog.js';
import { Trouble } from './trouble.js';
import { focusWrong } from './wrong.js';

/**
 * @template {object} T
 * @typedef {object} Filling what a form in a dialog is drawn by
 * @property {T} draft
 * @property {(change: Partial<T>) => void} edit
 * @property {(field: string, words: string) => string | undefined} wrong the words, where the field is not right
 */

/**
 * What is left of a problem when some of its fields were mended; nothing when all were.
 * @param {Problem} problem
 * @param {(field: string) => boolean} mended
 */
function without(problem, mended) {
  const fields = Object.fromEntries(Object.entries(problem.fields).filter(([field]) => !mended(field)));
  if (Object.keys(fields).length === Object.keys(problem.fields).length) return problem;
  return Object.keys(fields).length > 0 ? new Problem(problem.code, fields) : undefined;
}

/**
 * A small form in front of the page. It stays open, with what was typed and what is wrong, when it could not be sent.
 * @template {object} T
 * @param {{ title: string, label: string, name: string, initial: T, run: (draft: T) => Promise<void>, onClose: () => void, wide?: boolean,
 *   children: (filling: Filling<T>) => unknown }} props `name` is that of its draft; `run` sends it
 */
export function FormDialog({ title, label, name, initial, run, onClose, wide, children }) {
  const { draft, edit: put, edited, forget } = useDraft(`admin-${name}`, initial);
  const [restored] = useState(edited);
  const [busy, once] = useOnce();
  const [problem, setProblem] = useState(/** @type {Problem | undefined} */ (undefined));
  const [refusals, setRefusals] = useState(0);
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  // Only when it was refused: while one field is being mended, the focus stays in it.
  useEffect(() => focusWrong(form.current, problem), [refusals]);
  async function send() {
    setProblem(undefined);
    try {
      await run(draft);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
      setRefusals((times) => times + 1);
      return;
    }
    close();
  }
  const close = () => {
    forget();
    onClose();
  };
  function edit(/** @type {Partial<T>} */ change) {
    put(change);
    setProblem((problem) => problem && without(problem, (field) => field in change || !(field in draft)));
  }
  const wrong = (/** @type {string} */ field, /** @type {string} */ words) => (problem && Object.hasOwn(problem.fields, field) ? (hiddenWords(problem.fields[field]) ?? words) : undefined);
  const onSubmit = (/** @type {Event} */ event) => {
    event.preventDefault();
    void once(send);
  };
  return html`<${Dialog} title=${title} onClose=${close} wide=${wide} firm>
    <form class="form" novalidate ref=${form} onSubmit=${onSubmit}>
      ${restored && edited && html`<p class="small">${say('draft_kept')} <button type="button" class="link" onClick=${() => edit(initial)}>${say('draft_drop')}</button></p>`}
      ${children({ draft, edit, wrong })} ${problem && html`<${Trouble} problem=${problem} />`}
      <div class="dialog-foot">
        <button type="button" class="button plain slim" onClick=${close}>${say('cancel')}</button>
        <${Button} label=${label} busy=${busy} look="slim" />
      </div>
    </form>
  <//>`;
}
