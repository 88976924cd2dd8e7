import { useId, useState } from 'preact/hooks';
import { html } from '../../lib/html.js';
import { useNarrow } from '../../lib/narrow.js';
import { say } from '../../pages/admin/say.js';
import { Icon } from './icon.js';

/**
 * The filters of a list: in sight where there is room, behind a button on a phone. The button says how many are set.
 * @param {{ n: number, children: unknown }} props
 */
export function FilterFold({ n, children }) {
  const narrow = useNarrow();
  const [open, setOpen] = useState(false);
  const id = useId();
  if (!narrow) return children;
  return html`<div class="filter-fold">
    <button type="button" class="button plain slim" aria-expanded=${open ? 'true' : 'false'} aria-controls=${id} onClick=${() => setOpen(!open)}>
      <${Icon} name="filter" />${n > 0 ? say('filters_n', { n }) : say('filters')}
    </button>
    <div class="stack" id=${id} hidden=${!open}>${children}</div>
  </div>`;
}
