import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { html } from '../../lib/html.js';
import { Icon } from './icon.js';

/** @typedef {{ label: string, icon: import('./icon.js').IconName, run: () => void, danger?: boolean, hint?: string }} Item `hint` says what it does, where its name alone doesn't */

/**
 * What else can be done, behind a button.
 * @param {{ label: string, items: readonly (Item | false | null | undefined)[], look?: string, text?: string }} props `label` says of what; `text` is
 * shown in the place of three dots
 */
export function Menu({ label, items, look = 'icon-button', text }) {
  const [open, setOpen] = useState(false);
  const whole = useRef(/** @type {HTMLElement | null} */ (null));
  const id = useId();
  useEffect(() => {
    if (!open) return undefined;
    const outside = (/** @type {Event} */ { target }) => {
      if (!whole.current?.contains(/** @type {Node} */ (target))) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
    };
  }, [open]);
  const close = () => {
    setOpen(false);
    whole.current?.querySelector('button')?.focus();
  };
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'Escape' && open) {
      event.stopPropagation();
      close();
    }
  };
  return html`<div class="menu" ref=${whole} onKeyDown=${onKey}>
    <button type="button" class=${look} aria-label=${text ? undefined : label} title=${text ? undefined : label} aria-expanded=${open ? 'true' : 'false'} aria-controls=${id} onClick=${() => setOpen(!open)}>
      ${text} <${Icon} name=${text ? 'down' : 'more'} />
    </button>
    <ul class="menu-items" id=${id} hidden=${!open}>
      ${items.map(
        (item, at) =>
          item &&
          html`<li key=${item.label}>
            <button
              type="button"
              class=${`menu-item ${item.danger ? 'danger' : ''}`}
              aria-describedby=${item.hint && `${id}-${at}`}
              onClick=${() => {
                close();
                item.run();
              }}
            >
              <${Icon} name=${item.icon} />${item.label}
            </button>
            ${item.hint && html`<p class="menu-hint hint" id=${`${id}-${at}`}>${item.hint}</p>`}
          </li>`,
      )}
    </ul>
  </div>`;
}
