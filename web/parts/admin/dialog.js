import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { html } from '../../lib/html.js';
import { say } from '../../pages/admin/say.js';
import { Icon } from './icon.js';

/**
 * A question or a task in front of the page. It is closed by its button, by Escape, and by a press beside it.
 * @param {{ title: string, onClose: () => void, wide?: boolean, firm?: boolean, held?: boolean, children: unknown }} props a `firm` one stays at a press beside
 * it, for it holds what would be lost; a `held` one stays at Escape too, and is closed by a button that it holds
 */
export function Dialog({ title, onClose, wide = false, firm = false, held = false, children }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const id = useId();
  // Before anything is painted, so that the first key already belongs to it.
  useLayoutEffect(() => {
    const shown = dialog.current;
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    shown?.showModal();
    return () => {
      shown?.close();
      giveBack(before);
    };
  }, []);
  const beside = (/** @type {MouseEvent} */ event) => {
    // The second press of a double click is still about what opened it.
    if (event.target === dialog.current && event.detail < 2 && !firm && !held) onClose();
  };
  const asked = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!held) onClose();
  };
  // A browser closes it at the second Escape, whatever the page says.
  const closed = () => void (held && dialog.current?.isConnected && dialog.current.showModal());
  return html`<dialog ref=${dialog} class=${`dialog ${wide ? 'wide' : ''}`} aria-labelledby=${id} onCancel=${asked} onClose=${closed} onMouseDown=${beside}>
    <div class="dialog-body">
      <header class="dialog-head">
        <h2 id=${id}>${title}</h2>
        ${!held && html`<button type="button" class="icon-button" aria-label=${say('close')} title=${say('close')} onClick=${onClose}><${Icon} name="close" /></button>`}
      </header>
      ${children}
    </div>
  </dialog>`;
}

/**
 * Gives the focus back to what had it. Once that goes with its row, now or when the list is fetched anew, the page's heading has it.
 * @param {HTMLElement | null} before
 */
function giveBack(before) {
  before?.focus();
  if (isLost()) return toHeading();
  const gone = new MutationObserver(() => {
    if (document.activeElement === before) return;
    gone.disconnect();
    if (isLost() && !before?.isConnected) toHeading();
  });
  gone.observe(document.body, { childList: true, subtree: true });
}

/** Whether whoever works by keyboard is back at the top of the window. */
const isLost = () => document.activeElement === null || document.activeElement === document.body;

const toHeading = () => /** @type {HTMLElement | null} */ (document.querySelector('.content h1'))?.focus();
