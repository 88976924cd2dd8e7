import { useEffect, useRef, useState } from 'preact/hooks';
import { Problem } from '../../api.js';
import { whoIsThere } from '../../calls/worker.js';
import { html } from '../../lib/html.js';
import { whenOther } from '../../lib/shown.js';
import { Dialog } from '../../parts/admin/dialog.js';
import { SignIn } from '../../parts/admin/trouble.js';
import { say } from './say.js';
import { admin, isThere, organization } from './who.js';

/** @typedef {import('../../calls/worker.js').Training} Training */

/** Says that somebody else has signed in since the page was opened, and asks in whose name to go on. What was typed stays. */
export function OtherMember() {
  const [other, setOther] = useState(/** @type {Training | undefined} */ (undefined));
  // Lists are fetched again and again by themselves: they need not ask twice about the same person.
  const closedFor = useRef('');
  useEffect(() => {
    whenOther(async (method) => {
      try {
        const found = await whoIsThere();
        if (!found || found.member.id === admin().id) return;
        if (method !== 'GET' || closedFor.current !== found.member.id) setOther(found);
      } catch (error) {
        // The refused call has said that it was refused; the next one asks again.
        if (!(error instanceof Problem)) throw error;
      }
    });
  }, []);
  if (!other) return null;
  const close = () => {
    closedFor.current = other.member.id;
    setOther(undefined);
  };
  return html`<${Question} other=${other} close=${close} />`;
}

/** @param {{ other: Training, close: () => void }} props */
function Question({ other, close }) {
  const { name, email, role } = other.member;
  const before = admin().name;
  const fits = role === 'admin' && other.organization.id === organization().id;
  const goOn = () => {
    isThere(other);
    close();
  };
  return html`<${Dialog} title=${say('other_title')} onClose=${close} firm>
    <div class="stack">
      <p>${say('other_text', { name, email, before })}</p>
      ${!fits && html`<p>${say('other_elsewhere', { name, before, organization: organization().name })} <${SignIn} /></p>`}
    </div>
    <div class="dialog-foot">
      <button type="button" class="button plain slim" onClick=${close}>${say('close')}</button>
      ${fits
        ? html`<button type="button" class="button slim" onClick=${goOn}>${say('other_continue', { name })}</button>`
        : html`<a class="button slim" href=${role === 'admin' ? '/admin' : '/training'} target="_self">${say('other_leave', { name })}</a>`}
    </div>
  <//>`;
}
