import { Problem } from '../../api.js';
import { myTraining } from '../../calls/worker.js';
import { html } from '../../lib/html.js';
import { speak } from '../../lib/language.js';
import { run, show } from '../../lib/page.js';
import { followLinks } from '../../lib/route.js';
import { Retry } from '../../parts/retry.js';
import { comeBackHere } from '../sign-in/home.js';
import { App } from './app.js';
import { NoAdmin } from './no_admin.js';
import { isThere } from './who.js';

// Out of the browser's memory the page would still show what whoever signed out had.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});

/** Shows the dashboard to an admin; everyone else is to sign in. */
async function load() {
  // The dashboard's own texts are English so far.
  await speak('en');
  try {
    const training = await myTraining();
    isThere(training);
    if (training.member.role !== 'admin') return show(html`<${NoAdmin} training=${training} />`);
    followLinks();
    show(html`<${App} />`);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code === 'unauthenticated') {
      comeBackHere();
      return location.replace('/sign-in');
    }
    show(html`<div class="page"><${Retry} problem=${error} again=${load} /></div>`);
  }
}

run(load);
