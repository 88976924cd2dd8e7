import { useState } from 'preact/hooks';
import { html } from '../../../lib/html.js';
import { go } from '../../../lib/route.js';
import { Menu } from '../../../parts/admin/menu.js';
import { tellTrouble } from '../../../parts/admin/trouble.js';
import { say as sayAll } from '../say.js';
import { switchAll } from './acts.js';
import { Delete, Duplicate, Regenerate } from './dialogs.js';
import { Extend } from './extend.js';
import { Poster } from '../poster/dialog.js';
import { say } from './say.js';

/** @typedef {'poster' | 'extend' | 'duplicate' | 'regenerate' | 'delete'} Asked */

/**
 * What can be done with one link.
 * @param {{ link: import('../../../calls/links.js').Link, then: () => Promise<void>, text?: string }} props `then` shows it as it is; `text` is shown
 * in the place of three dots, on the link's own page, which has buttons for what is done most
 */
export function LinkMenu({ link, then, text }) {
  const [asked, setAsked] = useState(/** @type {Asked | undefined} */ (undefined));
  const close = () => setAsked(undefined);
  const ask = (/** @type {Asked} */ what) => () => setAsked(what);
  const turn = (/** @type {'active' | 'inactive'} */ state) => () =>
    void switchAll([link], state, then).catch(tellTrouble);
  const there = link.state !== 'deleted';
  return html`<${Menu}
      label=${sayAll('actions_for', { name: link.name })}
      text=${text}
      look=${text ? 'button plain slim' : 'icon-button'}
      items=${[
        there && !text && { label: say('edit'), icon: 'edit', run: () => go(`/admin/links/${link.id}/edit`) },
        there && !text && { label: say('show_code'), icon: 'qr', run: ask('poster') },
        there && link.expires_at !== null && { label: say('extend'), icon: 'extend', run: ask('extend') },
        link.state === 'active' && { label: say('deactivate'), icon: 'pause', run: turn('inactive') },
        link.state === 'inactive' && { label: say('reactivate'), icon: 'resume', run: turn('active') },
        { label: say('duplicate'), icon: 'duplicate', run: ask('duplicate') },
        there && { label: say('regenerate'), icon: 'renew', run: ask('regenerate') },
        there && { label: say('remove'), icon: 'remove', danger: true, run: ask('delete') },
      ]}
    />
    ${asked === 'poster' && html`<${Poster} link=${link} onClose=${close} />`}
    ${asked === 'extend' && html`<${Extend} links=${[link]} onClose=${close} then=${then} />`}
    ${asked === 'duplicate' && html`<${Duplicate} link=${link} onClose=${close} />`}
    ${asked === 'regenerate' && html`<${Regenerate} link=${link} onClose=${close} then=${then} />`}
    ${asked === 'delete' && html`<${Delete} link=${link} onClose=${close} then=${then} />`}`;
}
