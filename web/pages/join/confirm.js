import { html } from '../../lib/html.js';
import { say } from '../../lib/language.js';
import { Button } from '../../parts/button.js';
import { Panel } from '../../parts/panel.js';

/**
 * Asks somebody whose browser filled in the field for programs whether they are a person.
 * @param {{ busy: boolean, onYes: () => void, children?: unknown }} props
 */
export const Confirm = ({ busy, onYes, children }) =>
  html`<${Panel} icon="alert" tone="wait" heading=${say('confirm_person')}>
    <p>${say('confirm_person_text')}</p>
    ${children}
    <${Button} label=${say('confirm_person_button')} busy=${busy} onClick=${onYes} look="wide" />
  <//>`;
