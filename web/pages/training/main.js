import { Problem } from '../../api.js';
import { keepLanguage, myTraining } from '../../calls/worker.js';
import { html } from '../../lib/html.js';
import { readersLanguage, say, speak } from '../../lib/language.js';
import { run, wear } from '../../lib/page.js';
import { shows, whenOther } from '../../lib/shown.js';
import { Retry } from '../../parts/retry.js';
import { showPage } from '../../parts/worker_page.js';
import { TrainingPage } from './page.js';

// Out of the browser's memory the page would still show what whoever signed out had.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});

// Somebody else has signed in since: the page is theirs from now on, and says why nothing was done.
whenOther(() => void run(() => load(true)));

/**
 * Shows what there is for the member who is signed in; everyone else is to sign in.
 * @param {boolean} [changed] whether the page showed another member before
 */
async function load(changed = false) {
  try {
    const training = await myTraining();
    shows(training.member);
    wear(training.organization);
    await speak(readersLanguage(training.member.language) ?? training.organization.language);
    const again = () => load(changed);
    const page = () => html`<${TrainingPage} key=${training.member.id} training=${training} changed=${changed} again=${again} />`;
    showPage(page, { title, tell: keepLanguage });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code === 'unauthenticated') return location.replace('/sign-in?out');
    await speak(readersLanguage());
    showPage(() => html`<${Retry} problem=${error} again=${() => load(changed)} />`, { title });
  }
}

const title = () => say('training_title');

run(() => load());
