import { Problem } from '../../api.js';
import { myTraining } from '../../calls/worker.js';
import { html } from '../../lib/html.js';
import { readersLanguage, say, speak } from '../../lib/language.js';
import { entitle, run, show } from '../../lib/page.js';
import { Retry } from '../../parts/retry.js';
import { TrainingPage } from './page.js';

// Out of the browser's memory the page would still show what whoever signed out had.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});

/** Shows what there is for whoever is signed in; everyone else is to sign in. */
async function load() {
  try {
    const training = await myTraining();
    await speak(readersLanguage() ?? training.organization.language);
    entitle(say('training_title'));
    show(html`<${TrainingPage} training=${training} />`);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code === 'unauthenticated') return location.replace('/sign-in');
    await speak(readersLanguage());
    entitle(say('training_title'));
    show(html`<${Retry} problem=${error} again=${load} />`);
  }
}

run(load);
