import { html } from '../../lib/html.js';
import { readersLanguage, say, speak } from '../../lib/language.js';
import { entitle, run, show } from '../../lib/page.js';
import { SignInPage } from './page.js';
import { token } from './token.js';

run(async () => {
  await speak(readersLanguage());
  entitle(say('sign_in_title'));
  show(html`<${SignInPage} opened=${token()} />`);
});
