import { Problem } from '../../api.js';
import { whoIsThere } from '../../calls/worker.js';
import { html } from '../../lib/html.js';
import { readersLanguage, say, speak } from '../../lib/language.js';
import { run } from '../../lib/page.js';
import { Panel } from '../../parts/panel.js';
import { showPage } from '../../parts/worker_page.js';
import { homeOf } from '../sign-in/home.js';
import { Code } from './code.js';

run(async () => {
  const [there] = await Promise.all([whoIsThere().catch(unknown), speak(readersLanguage())]);
  if (there) return location.replace(homeOf(there.member));
  showPage(page, { title: () => say('start_title') });
});

const page = () => html`<${Panel} icon="training" heading=${say('start_heading')} focus=${false}>
  <p class="quiet">${say('start_text')}</p>
  <${Code} />
  <p class="quiet small">${say('join_been_here')} <a href="/sign-in">${say('join_sign_in')}</a></p>
<//>`;

/** @param {unknown} error */
function unknown(error) {
  // Without an answer nobody is known to be signed in, and can find out on the next page.
  if (error instanceof Problem) return undefined;
  throw error;
}
