import { useEffect, useRef, useState } from 'preact/hooks';
import { html, submits } from '../../../lib/html.js';
import { useOnce } from '../../../lib/once.js';
import { Bar } from '../../../parts/admin/bar.js';
import { Dialog } from '../../../parts/admin/dialog.js';
import { Trouble } from '../../../parts/admin/trouble.js';
import { Button } from '../../../parts/button.js';
import { say as sayAll } from '../say.js';
import { WhomItConcerns, useConcerned } from './concerned.js';
import { GrantPreview, granted, usePreview } from './preview.js';
import { NO_MAIL, mailOf, wrongIn } from './refusal_draft.js';
import { RefusalMail } from './refusal_mail.js';
import { Results } from './results.js';
import { run } from './run.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/members.js').Deed} Deed */
/** @typedef {import('./run.js').Outcomes} Outcomes */
/** @typedef {import('./run.js').Full} Full */
/** @typedef {import('./fits.js').Row & { id: string, name: string, email: string }} Person */

/** @type {Record<Deed, 'grant' | 'refuse' | 'revoke' | 'restore' | 'send'>} */
export const WORDS = { grants: 'grant', refusals: 'refuse', revocations: 'revoke', restorations: 'restore', 'login-mails': 'send' };

/** @type {Partial<Record<Deed, Deed>>} */
const BACK = { revocations: 'restorations', restorations: 'revocations' };

/**
 * Asks before something is done with members, shows how far it is, and then what became of each of them.
 * @param {{ deed: Deed, people: readonly Person[], onClose: () => void, then: () => Promise<void> }} props `then` shows them as they are
 */
export function DeedDialog({ deed: firstDeed, people: firstPeople, onClose, then }) {
  const [{ deed, people }, setTask] = useState({ deed: firstDeed, people: firstPeople });
  const [outcomes, setOutcomes] = useState(/** @type {Outcomes} */ (new Map()));
  const [full, setFull] = useState(/** @type {Full} */ (new Map()));
  const [includeRejected, setIncludeRejected] = useState(false);
  const [mail, setMail] = useState(NO_MAIL);
  const [problem, setProblem] = useState(/** @type {unknown} */ (undefined));
  const [step, setStep] = useState(/** @type {'ask' | 'work' | 'told'} */ ('ask'));
  const [busy, once] = useOnce();
  const stopped = useRef(false);
  const word = WORDS[deed];
  const counted = usePreview(deed === 'grants' ? { members: people.map(({ id }) => id) } : undefined);
  const concerned = useConcerned(deed, people);
  const n = deed === 'grants' ? granted(counted, includeRejected) : concerned.n;
  // What a grant leaves out, its own results tell.
  const meant = deed === 'grants' ? people : concerned.fit;
  const label = deed === 'grants' && n ? say('grant_n', { n }) : say(word);
  const title = people.length === 1 && people[0] ? say(`title_of_${word}`, { name: people[0].name }) : n === undefined ? say(word === 'refuse' ? 'refuse_question' : 'grant_question') : say(concerned.most ? 'title_refuse_most' : `title_${word}`, { n });

  const work = (/** @type {readonly string[]} */ ids) =>
    once(async () => {
      stopped.current = false;
      setProblem(undefined);
      setStep('work');
      const before = outcomes;
      const all = (/** @type {Outcomes} */ so) => new Map([...before, ...so]);
      const ended = await run(deed, ids, { includeRejected, mail: mailOf(deed, mail), stopped: () => stopped.current, after: (so) => setOutcomes(all(so)) });
      const wrong = wrongIn(ended.problem);
      if (wrong) {
        // Nothing was done: what was written can be put right.
        setMail({ ...mail, wrong });
        setStep('ask');
        return;
      }
      setOutcomes(all(ended.outcomes));
      setFull((before) => new Map([...before, ...ended.full]));
      setProblem(ended.problem);
      setStep('told');
      // Not waited for: what can be done next is there already.
      void then();
    });
  // The second press of a double click is meant for the button that stood here before.
  const stop = (/** @type {MouseEvent} */ { detail }) => void (detail < 2 && (stopped.current = true));
  // While it works, closing is stopping: what became of those who are done is still to be told.
  const close = () => (step === 'work' ? void (stopped.current = true) : onClose());
  useEffect(() => () => void (stopped.current = true), []);
  // The button that was pressed is gone with its step.
  const shown = useRef(/** @type {HTMLElement | null} */ (null));
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) shown.current?.focus();
    first.current = false;
  }, [step]);
  const back = BACK[deed];
  const turn = (/** @type {Deed} */ to, /** @type {readonly string[]} */ ids) => {
    // Their rows tell how they were before.
    setTask({ deed: to, people: people.filter(({ id }) => ids.includes(id)).map(({ id, name, email }) => ({ id, name, email })) });
    setOutcomes(new Map());
    setStep('ask');
  };
  const done = outcomes.size;
  const left = meant.filter(({ id }) => !outcomes.has(id)).map(({ id }) => id);

  return html`<${Dialog} title=${step === 'ask' ? title : say(step === 'work' ? word : 'told')} onClose=${close} wide=${step === 'told'}>
    ${step === 'ask' &&
    html`<form class="form" novalidate onSubmit=${submits(() => n && work(meant.map(({ id }) => id)))}>
      ${deed === 'grants' && html`<${GrantPreview} counted=${counted} includeRejected=${includeRejected} setIncludeRejected=${setIncludeRejected} />`}
      ${word !== 'grant' && html`<${WhomItConcerns} deed=${deed} word=${word} all=${people.length} concerned=${concerned} />`}
      <p ref=${shown} tabindex="-1" class=${deed === 'grants' ? 'quiet' : ''}>${say(`text_${word}`)}</p>
      ${deed === 'refusals' && n !== 0 && html`<${RefusalMail} mail=${mail} setMail=${setMail} />`}
      <div class="dialog-foot">
        <button type="button" class="button plain slim" onClick=${close}>${sayAll('cancel')}</button>
        <${Button} label=${label} busy=${busy} off=${!n} look=${word === 'revoke' || word === 'refuse' ? 'slim danger' : 'slim'} />
      </div>
    </form>`}
    ${step === 'work' &&
    html`<div class="stack">
      <p ref=${shown} tabindex="-1" role="status">${say('working', { n: done, all: meant.length })}</p>
      <${Bar} part=${done} of=${meant.length} />
      <div class="dialog-foot">
        <button type="button" class="button plain slim" onClick=${stop}>${say('stop')}</button>
      </div>
    </div>`}
    ${step === 'told' &&
    html`<div ref=${shown} tabindex="-1"><${Results} deed=${deed} people=${people} outcomes=${outcomes} full=${full} /></div>
      ${problem !== undefined && html`<${Trouble} problem=${problem} />`}
      ${left.length > 0 && html`<p>${say('left', { n: left.length })}</p>`}
      <div class="dialog-foot">
        ${left.length > 0 && html`<button type="button" class="button plain slim" onClick=${() => void work(left)}>${say('go_on')}</button>`}
        <${Again} outcomes=${outcomes} work=${work} />
        ${back && html`<${Back} deed=${deed} outcomes=${outcomes} turn=${(/** @type {string[]} */ ids) => turn(back, ids)} />`}
        <button type="button" class="button slim" onClick=${close}>${sayAll('close')}</button>
      </div>`}
  <//>`;
}

/** @param {{ outcomes: Outcomes, work: (ids: string[]) => Promise<void> }} props */
function Again({ outcomes, work }) {
  const ids = [...outcomes].flatMap(([id, outcome]) => (outcome === 'unavailable' ? [id] : []));
  return ids.length > 0 && html`<button type="button" class="button plain slim" onClick=${() => void work(ids)}>${say('send_again', { n: ids.length })}</button>`;
}

/** @param {{ deed: Deed, outcomes: Outcomes, turn: (ids: string[]) => void }} props */
function Back({ deed, outcomes, turn }) {
  const wanted = deed === 'revocations' ? 'revoked' : 'restored';
  const ids = [...outcomes].flatMap(([id, outcome]) => (outcome === wanted ? [id] : []));
  return ids.length > 0 && html`<button type="button" class="button plain slim" onClick=${() => turn(ids)}>${say(`undo_${wanted}`, { n: ids.length })}</button>`;
}
