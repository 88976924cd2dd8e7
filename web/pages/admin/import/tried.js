import { useEffect, useMemo } from 'preact/hooks';
import { focusSoon } from '../../../lib/focus.js';
import { html } from '../../../lib/html.js';
import { Button } from '../../../parts/button.js';
import { Icon } from '../../../parts/admin/icon.js';
import { Shown } from '../../../parts/admin/loaded.js';
import { Report } from '../jobs/report.js';
import { say } from '../jobs/say.js';
import { Progress, StateChip, Sums } from '../jobs/shown.js';
import { isOver, useJob } from '../jobs/watch.js';
import { linesOf } from './file.js';

/** @typedef {import('../../../calls/jobs.js').Job} Job */

/**
 * What would be done with the file, and the button that does it.
 * @param {{ id: string, file: import('./page.js').Chosen, read: import('../../../calls/jobs.js').ImportedFile | undefined, access: 'granted' | 'pending', busy: boolean,
 *   bringIn: () => void }} props
 */
export function Tried({ id, file, read, access, busy, bringIn }) {
  const loaded = useJob(id);
  const lines = useMemo(() => linesOf(file.bytes, read?.encoding), [file, read]);
  useEffect(() => void focusSoon('tried'), []);
  return html`<section class="box" aria-labelledby="tried">
      <div class="box-head">
        <h2 id="tried" tabindex="-1">${say('trying', { name: file.name })}</h2>
        ${loaded.data && html`<${StateChip} job=${loaded.data} />`}
      </div>
      <${Shown}
        of=${loaded}
        as=${(/** @type {Job} */ job) =>
          html`<div role="status"><${Progress} job=${job} /></div>
            <${Sums} job=${job} />
            ${isOver(job) && job.state === 'done' && html`<${Next} job=${job} untrained=${read?.without_training ?? 0} access=${access} busy=${busy} bringIn=${bringIn} />`}`}
      />
    </section>
    ${loaded.data && html`<${Report} job=${loaded.data} lines=${lines} problems=${read?.problems} />`}`;
}

/** @param {{ job: Job, untrained: number, access: 'granted' | 'pending', busy: boolean, bringIn: () => void }} props */
function Next({ job: { outcomes }, untrained, access, busy, bringIn }) {
  const sum = (/** @type {import('../../../calls/jobs.js').JobOutcome[]} */ some) => some.reduce((n, one) => n + (outcomes[one] ?? 0), 0);
  const n = sum(['created', 'granted', 'updated']);
  const wrong = sum(['invalid', 'unknown_unit', 'duplicate_in_file']);
  return html`<p>${n > 0 ? say('bring_in_text', { n }) : say('bring_in_none')} ${n > 0 && access === 'granted' && say('bring_in_mail')}</p>
    ${wrong > 0 && html`<p>${say('bring_in_wrong', { n: wrong })}</p>`}
    ${n > 0 && untrained > 0 && html`<p class="notice"><${Icon} name="warning" /><span>${say('bring_in_untrained', { n: untrained })}</span></p>`}
    ${n > 0 && html`<div class="form-foot"><${Button} label=${say('bring_in', { n })} busy=${busy} look="slim" onClick=${bringIn} /></div>`}`;
}
