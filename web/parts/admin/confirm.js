import { useState } from 'preact/hooks';
import { html, submits } from '../../lib/html.js';
import { useOnce } from '../../lib/once.js';
import { say, wordsOf } from '../../pages/admin/say.js';
import { Button } from '../button.js';
import { Dialog } from './dialog.js';
import { Trouble } from './trouble.js';

/**
 * Asks before something is done that changes a lot, and says what it means. It stays open, with why, when that fails.
 * @param {{ title: string, label: string, run: () => Promise<void | boolean>, onClose: () => void, danger?: boolean, off?: boolean, ready?: () => boolean, children: unknown }} props
 * `run` answers `false` where something is to be asked anew; `off` while there is nothing to do; `ready` says whether it can be done as it is filled in
 */
export function Confirm({ title, label, run, onClose, danger = false, off = false, ready, children }) {
  const [busy, once] = useOnce();
  const [problem, setProblem] = useState(/** @type {unknown} */ (undefined));
  async function go() {
    setProblem(undefined);
    try {
      if ((await run()) !== false) onClose();
    } catch (error) {
      wordsOf(error);
      setProblem(error);
    }
  }
  return html`<${Dialog} title=${title} onClose=${onClose}>
    <form class="form" novalidate onSubmit=${submits(() => !off && (!ready || ready()) && once(go))}>
      <div class="stack">${children}</div>
      ${problem !== undefined && html`<${Trouble} problem=${problem} />`}
      <div class="dialog-foot">
        <button type="button" class="button plain slim" onClick=${onClose}>${say('cancel')}</button>
        <${Button} label=${label} busy=${busy} off=${off} look=${danger ? 'slim danger' : 'slim'} />
      </div>
    </form>
  <//>`;
}
