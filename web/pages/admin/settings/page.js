import { getOrganization } from '../../../calls/organization.js';
import { html } from '../../../lib/html.js';
import { useLoaded } from '../../../lib/loaded.js';
import { Head } from '../../../parts/admin/head.js';
import { Shown } from '../../../parts/admin/loaded.js';
import { SettingsForm } from './form.js';
import { LogoBox } from './logo.js';
import { say } from './say.js';

/** The settings of the organization. */
export function Settings() {
  const organization = useLoaded(getOrganization, []);
  return html`
    <${Head} title=${say('title')} lead=${say('lead')} />
    <${Shown} of=${organization} as=${(/** @type {import('../../../calls/organization.js').Organization} */ data) => html`<${SettingsForm} key=${data.version} organization=${data} then=${organization.change} />
      <${LogoBox} organization=${data} then=${organization.change} />`} />
  `;
}
