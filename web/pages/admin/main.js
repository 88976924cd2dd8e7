import { Problem } from '../../api.js';
import { myTraining } from '../../calls/worker.js';
import { html } from '../../lib/html.js';
import { readersLanguage, speak, speaks } from '../../lib/language.js';
import { run, show } from '../../lib/page.js';
import { followLinks } from '../../lib/route.js';
import { loadTexts } from '../../locales/admin/texts.js';
import { Retry } from '../../parts/retry.js';
import { comeBackHere } from '../sign-in/home.js';
import { App } from './app.js';
import { NoAdmin } from './no_admin.js';
import { routeOf } from './routes.js';
import { isThere } from './who.js';

// Out of the browser's memory the page would still show what whoever signed out had.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});

/**
 * Speaks a language, with the dashboard's texts too.
 * @param {string | undefined} tag
 */
async function speakHere(tag) {
  await Promise.all([speak(tag), loadTexts(tag ?? '')]);
}

/** Shows the dashboard to an admin; everyone else is to sign in. */
async function load() {
  // Not every reader's language is known before the answer. Most are, and their texts come while the answer does.
  const speaking = speakHere(readersLanguage());
  // So does the code of the page. Where it can't be loaded, the page says so when it is shown.
  routeOf(location.pathname)?.route.page().catch(() => undefined);
  try {
    const [training] = await Promise.all([myTraining(), speaking]);
    isThere(training);
    const own = readersLanguage(training.member.language) ?? training.organization.language;
    const before = speaks();
    // A language that can't be loaded keeps nobody out.
    if (own !== before) await speakHere(own).catch(() => speakHere(before));
    if (training.member.role !== 'admin') return show(html`<${NoAdmin} training=${training} />`);
    followLinks();
    draw();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code === 'unauthenticated') {
      comeBackHere();
      return location.replace('/sign-in');
    }
    await speaking;
    show(html`<div class="page"><${Retry} problem=${error} again=${load} /></div>`);
  }
}

const draw = () => show(html`<${App} switched=${draw} />`);

run(load);
