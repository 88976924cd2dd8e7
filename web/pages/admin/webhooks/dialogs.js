import { deleteWebhook, rotateSecret } from '../../../calls/webhooks.js';
import { html } from '../../../lib/html.js';
import { go } from '../../../lib/route.js';
import { tell } from '../../../lib/told.js';
import { Confirm } from '../../../parts/admin/confirm.js';
import { Dialog } from '../../../parts/admin/dialog.js';
import { Secret } from '../../../parts/admin/secret.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/webhooks.js').Webhook} Webhook */
/** @typedef {import('../../../calls/webhooks.js').WebhookWithSecret} WebhookWithSecret */

/**
 * The secret of a webhook, this once; or that it was lost with an answer that never came.
 * @param {{ of: WebhookWithSecret, onClose: () => void }} props
 */
export const SecretOf = ({ of, onClose }) =>
  of.secret
    ? html`<${Secret} title=${say('secret_title')} warning=${say('secret_text')} label=${say('secret_label')} text=${of.secret} kept=${say('secret_kept')} onClose=${onClose} />`
    : html`<${Dialog} title=${say('lost_title')} onClose=${onClose}>
        <p>${say('lost_text')}</p>
        <div class="dialog-foot"><a class="button slim" href=${`/admin/webhooks/${of.id}`} onClick=${onClose}>${say('lost_open')}</a></div>
      <//>`;

/** @param {{ webhook: Webhook, onClose: () => void, onMade: (made: WebhookWithSecret) => void }} props */
export const Rotate = ({ webhook, onClose, onMade }) =>
  html`<${Confirm} title=${say('rotate_title')} label=${say('rotate')} onClose=${onClose} run=${async () => onMade(await rotateSecret(webhook.id))}>
    <p>${say('rotate_text')}</p>
  <//>`;

/** @param {{ webhook: Webhook, onClose: () => void }} props */
export const Delete = ({ webhook, onClose }) =>
  html`<${Confirm}
    title=${say('delete_title')}
    label=${say('remove')}
    danger
    onClose=${onClose}
    run=${async () => {
      await deleteWebhook(webhook.id);
      tell(say('deleted'));
      go('/admin/webhooks');
    }}
  >
    <p>${say('delete_text', { url: webhook.url })}</p>
  <//>`;
