import { Problem } from '../../../api.js';
import { EVENTS, createWebhook, updateWebhook } from '../../../calls/webhooks.js';
import { html } from '../../../lib/html.js';
import { useKeys } from '../../../lib/keys.js';
import { tell } from '../../../lib/told.js';
import { Checklist } from '../../../parts/admin/checklist.js';
import { RadioField, TextField } from '../../../parts/admin/fields.js';
import { FormDialog } from '../../../parts/admin/form_dialog.js';
import { say as sayAll } from '../say.js';
import { say } from './say.js';
import { eventWords } from './shown.js';

/** @typedef {import('../../../calls/webhooks.js').Webhook} Webhook */
/** @typedef {import('../../../calls/webhooks.js').WebhookWithSecret} WebhookWithSecret */
/** @typedef {import('../../../calls/webhooks.js').EventType} EventType */
/** @typedef {{ url: string, description: string, which: 'all' | 'some', events: EventType[] }} Draft */

/** @param {Draft} draft @returns {import('../../../calls/webhooks.js').Terms} */
const termsOf = ({ url, description, which, events }) => ({ url: url.trim(), description: description.trim() || null, events: which === 'all' ? null : events });

/** @param {Draft} draft */
function check({ which, events }) {
  if (which === 'some' && events.length === 0) throw new Problem('invalid_fields', { events: '' });
}

/** @param {{ onClose: () => void, onMade: (made: WebhookWithSecret) => void, then: () => Promise<void> }} props */
export function NewWebhook({ onClose, onMade, then }) {
  const keyOf = useKeys();
  /** @param {Draft} draft */
  async function run(draft) {
    check(draft);
    const terms = termsOf(draft);
    onMade(await createWebhook(terms, keyOf(terms)));
    tell(say('created'));
    void then();
  }
  return html`<${Form} title=${say('create')} label=${say('create')} name="webhook" initial=${{ url: '', description: '', which: 'all', events: [] }} run=${run} onClose=${onClose} />`;
}

/** @param {{ webhook: Webhook, onClose: () => void, then: (is: Webhook) => void }} props */
export function EditWebhook({ webhook, onClose, then }) {
  const { url, description, events } = webhook;
  /** @param {Draft} draft */
  async function run(draft) {
    check(draft);
    const is = await updateWebhook(webhook, termsOf(draft));
    const back = async () => then(await updateWebhook(is, { url, description, events }));
    tell(say('edited'), { undo: { label: sayAll('undo'), run: back } });
    then(is);
  }
  const initial = { url, description: description ?? '', which: events ? 'some' : 'all', events: events ?? [] };
  return html`<${Form} title=${say('edit_title')} label=${sayAll('save')} name=${`webhook-${webhook.id}`} initial=${initial} run=${run} onClose=${onClose} />`;
}

/** @param {{ title: string, label: string, name: string, initial: Draft, run: (draft: Draft) => Promise<void>, onClose: () => void }} props */
const Form = (props) =>
  html`<${FormDialog} ...${props}>
    ${(/** @type {import('../../../parts/admin/form_dialog.js').Filling<Draft>} */ { draft, edit, wrong }) => html`
      <${TextField}
        field=${{ id: 'webhook-url', label: say('field_url'), hint: say('field_url_hint'), error: wrong('url', say('wrong_url')) }}
        type="url"
        value=${draft.url}
        max=${2000}
        autocomplete="off"
        onInput=${(/** @type {string} */ url) => edit({ url })}
      />
      <${TextField}
        field=${{ id: 'webhook-description', label: say('field_description'), error: wrong('description', say('wrong_description')), optional: true }}
        value=${draft.description}
        max=${200}
        autocomplete="off"
        onInput=${(/** @type {string} */ description) => edit({ description })}
      />
      <${RadioField}
        field=${{ id: 'webhook-which', label: say('field_which') }}
        value=${draft.which}
        onInput=${(/** @type {Draft['which']} */ which) => edit({ which })}
        options=${[
          { value: 'all', label: say('which_all'), hint: say('which_all_hint') },
          { value: 'some', label: say('which_some') },
        ]}
      />
      ${draft.which === 'some' &&
      html`<${Checklist}
        id="webhook-events"
        legend=${say('field_events')}
        none=""
        error=${wrong('events', say('wrong_events'))}
        options=${EVENTS.map((id) => ({ id, label: eventWords(id), hint: id }))}
        chosen=${draft.events}
        onChange=${(/** @type {EventType[]} */ events) => edit({ events })}
      />`}
    `}
  <//>`;
