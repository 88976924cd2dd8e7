import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { html } from '../../lib/html.js';
import { Icon } from './icon.js';

/** @typedef {{ label: string, icon: import('./icon.js').IconName, run: () => void, danger?: boolean, hint?: string, off?: string | boolean }} Item `hint` says what it does, where its name alone
 * doesn't; `off` while it can do nothing, with the reason where there is one to tell */

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
      ${items.map((item, at) => {
        if (!item) return null;
        const below = typeof item.off === 'string' ? item.off : item.hint;
        return html`<li key=${item.label}>
            <button
              type="button"
              class=${`menu-item ${item.danger ? 'danger' : ''}`}
              aria-disabled=${item.off ? 'true' : 'false'}
              aria-describedby=${below && `${id}-${at}`}
              onClick=${() => {
                close();
                item.run();
              }}
            >
              <${Icon} name=${item.icon} />${item.label}
            </button>
            ${below && html`<p class="menu-hint hint" id=${`${id}-${at}`}>${below}</p>`}
          </li>`;
      })}
    </ul>
  </div>`;
}
