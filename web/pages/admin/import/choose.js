import { useRef, useState } from 'preact/hooks';
import { separatorOf } from '../../../lib/csv.js';
import { html } from '../../../lib/html.js';
import { save } from '../../../lib/save.js';
import { number } from '../../../lib/speaker.js';
import { Icon } from '../../../parts/admin/icon.js';
import { say } from '../jobs/say.js';
import { templateIn, wrongOf } from './file.js';

/** @typedef {import('./page.js').Chosen} Chosen */

/**
 * The field for the file: chosen or dropped, and read at once, so that what is brought in is what was tried out.
 * @param {{ chosen: Chosen | undefined, wrong: string | undefined, onChosen: (file: Chosen | undefined, wrong: string | undefined) => void }} props
 */
export function Choose({ chosen, wrong, onChosen }) {
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [over, setOver] = useState(false);
  async function take(/** @type {File | undefined} */ file) {
    if (!file) return;
    /** @type {Uint8Array<ArrayBuffer>} */
    let bytes;
    try {
      bytes = new Uint8Array(await file.arrayBuffer());
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      return onChosen(undefined, say('wrong_unreadable'));
    }
    const why = wrongOf(bytes);
    onChosen(why ? undefined : { name: file.name, bytes }, why && say(why));
  }
  const drag = (/** @type {boolean} */ is) => (/** @type {DragEvent} */ event) => {
    event.preventDefault();
    setOver(is);
  };
  return html`<div class="field">
    <span class="label">${say('file')}</span>
    <div
      class=${`drop ${over ? 'over' : ''}`}
      onDragOver=${drag(true)}
      onDragLeave=${drag(false)}
      onDrop=${(/** @type {DragEvent} */ event) => {
        drag(false)(event);
        void take(event.dataTransfer?.files[0]);
      }}
    >
      ${chosen && html`<p role="status"><strong class="address">${say('file_is', { name: chosen.name, size: number(Math.ceil(chosen.bytes.length / 1024)) })}</strong></p>`}
      <p>
        <button type="button" class="button plain slim" id="file" aria-describedby=${wrong ? 'file-hint file-error' : 'file-hint'} onClick=${() => input.current?.click()}>
          <${Icon} name="upload" />${say(chosen ? 'file_other' : 'file_choose')}
        </button>
        <span class="quiet"> ${say('file_drop')}</span>
      </p>
      <input
        ref=${input}
        type="file"
        accept=".csv,.txt,.tsv,text/csv"
        hidden
        onChange=${(/** @type {Event} */ event) => {
          const field = /** @type {HTMLInputElement} */ (event.currentTarget);
          void take(field.files?.[0]);
          // So that the same file, mended, can be chosen again.
          field.value = '';
        }}
      />
    </div>
    <span class="hint" id="file-hint">${say('file_hint')}</span>
    ${wrong && html`<span class="error" id="file-error" role="alert">${wrong}</span>`}
    <span><button type="button" class="link small" onClick=${() => save('people.csv', [templateIn(separatorOf())], 'text/csv;charset=utf-8')}>${say('template')}</button></span>
  </div>`;
}
