import { useState } from 'preact/hooks';
import { Problem } from '../../../api.js';
import { startImport } from '../../../calls/jobs.js';
import { focusSoon } from '../../../lib/focus.js';
import { html, submits } from '../../../lib/html.js';
import { useOnce } from '../../../lib/once.js';
import { go } from '../../../lib/route.js';
import { tell } from '../../../lib/told.js';
import { RadioField } from '../../../parts/admin/fields.js';
import { Head } from '../../../parts/admin/head.js';
import { Button } from '../../../parts/button.js';
import { Notice } from '../../../parts/notice.js';
import { fileWords } from '../jobs/faults.js';
import { say } from '../jobs/say.js';
import { say as sayAll, wordsOf } from '../say.js';
import { Choose } from './choose.js';
import { Columns } from './columns.js';
import { Tried } from './tried.js';

/** @typedef {import('../../../calls/jobs.js').ImportedFile} ImportedFile */
/** @typedef {import('./file.js').Column} Column */
/** @typedef {import('./file.js').Holds} Holds */
/** @typedef {'granted' | 'pending'} Access */
/** @typedef {{ name: string, bytes: Uint8Array<ArrayBuffer> }} Chosen the file as it was when it was chosen */

/** Brings people in from a file: tried out first, then for good. */
export function Import() {
  const [chosen, setChosen] = useState(/** @type {Chosen | undefined} */ (undefined));
  const [access, setAccess] = useState(/** @type {Access} */ ('granted'));
  const [wrong, setWrong] = useState(/** @type {string | undefined} */ (undefined));
  const [problem, setProblem] = useState(/** @type {unknown} */ (undefined));
  const [tried, setTried] = useState(/** @type {string | undefined} */ (undefined));
  const [read, setRead] = useState(/** @type {ImportedFile | undefined} */ (undefined));
  const [columns, setColumns] = useState(/** @type {readonly Column[]} */ ([]));
  const [said, setSaid] = useState(/** @type {string | undefined} */ (undefined));
  const [unclear, setUnclear] = useState(/** @type {string | undefined} */ (undefined));
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [busy, once] = useOnce();

  /** Whatever is chosen anew is tried out anew. */
  const afresh = () => {
    setTried(undefined);
    setProblem(undefined);
    setUnclear(undefined);
    setKey(crypto.randomUUID());
  };
  const refuse = (/** @type {string} */ why) => {
    setWrong(why);
    focusSoon('file');
  };
  const start = (/** @type {boolean} */ dry_run) =>
    once(async () => {
      setProblem(undefined);
      if (!chosen) return refuse(say('wrong_none'));
      try {
        const how = { access, dry_run, ...(said !== undefined && { columns: said }) };
        const job = await startImport(new Blob([chosen.bytes]), how, `${key}-${dry_run ? 'dry' : 'real'}`);
        if (dry_run) {
          setRead(job.file);
          setColumns(job.file?.columns ?? []);
          setUnclear(undefined);
          return setTried(job.id);
        }
        tell(say('brought_in'));
        go(`/admin/jobs/${job.id}`);
      } catch (error) {
        if (error instanceof Problem && error.fields['file']) return refuse(fileWords(error.all.why));
        if (error instanceof Problem && error.code === 'unclear_columns') {
          setColumns(error.all.columns);
          setUnclear(fileWords(error.all.why));
          return void focusSoon('columns');
        }
        if (error instanceof Problem && error.code === 'body_too_large') return refuse(say('wrong_large'));
        wordsOf(error);
        setProblem(error);
      }
    });

  return html`
    <${Head} title=${say('import_title')} lead=${say('import_lead')} back=${{ to: '/admin/members', page: sayAll('members') }} />
    <div class="columns">
      <form class="box form" novalidate onSubmit=${submits(() => start(true))}>
        <${Choose}
          chosen=${chosen}
          wrong=${wrong}
          onChosen=${(/** @type {Chosen | undefined} */ file, /** @type {string | undefined} */ why) => {
            setChosen(file);
            setWrong(why);
            setColumns([]);
            setSaid(undefined);
            afresh();
          }}
        />
        ${chosen && columns.length > 0 &&
        html`<${Columns}
          columns=${columns}
          unclear=${unclear}
          onChange=${(/** @type {Holds[]} */ holds) => {
            setColumns(columns.map((column, at) => ({ ...column, holds: holds[at] ?? 'ignore' })));
            setSaid(holds.join(','));
            afresh();
          }}
        />`}
        <${RadioField}
          field=${{ id: 'access', label: say('access') }}
          value=${access}
          onInput=${(/** @type {string} */ value) => {
            setAccess(value === 'pending' ? 'pending' : 'granted');
            afresh();
          }}
          options=${/** @type {const} */ (['granted', 'pending']).map((value) => ({ value, label: say(`access_${value}`), hint: say(`access_${value}_hint`) }))}
        />
        ${problem !== undefined && html`<${Notice} text=${wordsOf(problem)} />`}
        ${tried === undefined && html`<div class="form-foot"><${Button} label=${say('try_out')} busy=${busy} look="slim" /></div>`}
      </form>
      <section class="box" aria-labelledby="how">
        <h2 id="how">${say('how')}</h2>
        <ul class="stack">
          ${/** @type {const} */ (['how_columns', 'how_units', 'how_known']).map((one) => html`<li key=${one}>${say(one)}</li>`)}
        </ul>
      </section>
    </div>
    ${tried !== undefined && chosen && html`<${Tried} key=${tried} id=${tried} file=${chosen} read=${read} access=${access} busy=${busy} bringIn=${() => void start(false)} />`}
  `;
}
