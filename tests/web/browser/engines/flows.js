/** What workers do, and what an admin does in the first hour, written once for every browser. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import workers from '../../../../web/locales/en.js';
import catalog from '../../../../web/locales/admin/en/catalog.js';
import linkForm from '../../../../web/locales/admin/en/link_form.js';
import overview from '../../../../web/locales/admin/en/overview.js';
import shell from '../../../../web/locales/admin/en/shell.js';
import { DESK, PHONE } from '../browser.js';
import { System } from '../system.js';
import { together } from '../together.js';
import { Person } from './person.js';

const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

/**
 * The flows in one browser.
 * @param {string} name of the browser
 * @param {() => Promise<{ tab: (size: { width: number, height: number }, origin: string) => Promise<import('./person.js').Tab>, stop: () => Promise<void> }>} start
 */
export function flows(name, start) {
  let system, engine;
  before(async () => {
    [system, engine] = await together(System.start({ empty: true }), start());
  });
  after(async () => {
    await engine?.stop();
    await system?.stop();
  });

  /** Somebody comes, does something, and leaves. */
  const somebody = async (size, does) => {
    const person = new Person(await engine.tab(size, system.origin), system.origin);
    try {
      await does(person, system);
    } finally {
      await person.leave();
    }
    assert.deepEqual(person.faults, []);
  };

  test(`${name}: an admin signs in, makes a module, a group and a link, and sees who came`, () => somebody(DESK, firstHour));
  test(`${name}: a worker joins, signs in from the mail, sees their training and signs out`, () => somebody(PHONE, working));
}

/** An admin's first hour. */
async function firstHour(eve, system) {
  await eve.open('/sign-in');
  await eve.fill('#email', 'admin@example.com');
  await eve.press(workers.sign_in_send);
  await eve.heading(workers.sign_in_sent);
  await eve.open(await system.loginLink('admin@example.com', 2));
  await eve.press(workers.sign_in_button);
  await eve.at('/admin');
  await eve.heading(overview.title);

  await eve.open('/admin/catalog?kind=module');
  await eve.press(catalog.new_module);
  await eve.fill('#module-title', 'Crane signals');
  await eve.fill('#module-url', 'https://training.example/crane');
  await eve.press(shell.save);
  await eve.sees(say(catalog.put, { name: 'Crane signals' }));

  await eve.open('/admin/catalog');
  await eve.press(catalog.new_group);
  await eve.fill('#unit-name', 'Riggers');
  await eve.press('Crane signals');
  await eve.press(shell.save);
  await eve.sees(say(catalog.put, { name: 'Riggers' }));

  await eve.open('/admin/links/new');
  await eve.fill('#name', 'Spring crew');
  await eve.press('Riggers');
  await eve.press(linkForm.create);
  await eve.heading('Spring crew');

  const [link] = await system.all('/v1/links', 'links');
  assert.equal(link.allocation.groups.length, 1);
  await system.register(link, 'Bo Rivet', 'bo@example.com');
  await eve.open('/admin/members');
  await eve.sees('bo@example.com');
  await eve.open('/admin');
  await eve.press(shell.sign_out);
  await eve.at('/sign-in');
  await eve.sees(workers.sign_in_send);
}

/** What a worker does. */
async function working(ana, system) {
  const module = crypto.randomUUID();
  const site = crypto.randomUUID();
  await system.call('PUT', `/v1/modules/${module}`, { title: 'Hot work safety', url: 'https://training.example/hot-work' });
  await system.call('PUT', `/v1/units/${site}`, { kind: 'site', name: 'North yard', modules: [module] });
  const link = await system.link({ allocation: { sites: [site] } });
  await ana.open(`/join/${link.code}`);
  await ana.heading(workers.join_heading);
  await ana.fill('#name', 'Ana Welder');
  await ana.fill('#email', 'ana@example.com');
  await ana.press(workers.join_button);
  await ana.heading(workers.done_check_your_mail);

  await ana.open(await system.loginLink('ana@example.com'));
  await ana.press(workers.sign_in_button);
  await ana.at('/training');
  await ana.heading(say(workers.training_hello, { name: 'Ana Welder' }));
  await ana.sees('Hot work safety');
  // The session is kept: it is there on the next page too.
  await ana.open('/training');
  await ana.sees('North yard');

  // A page that is left while it loads says in the console that it did not load: it is whole first.
  await ana.press(workers.sign_out);
  await ana.at('/sign-in');
  await ana.heading(workers.sign_in_ask);
  await ana.sees(workers.sign_in_send);
  await ana.open('/training');
  await ana.at('/sign-in');
  await ana.sees(workers.sign_in_send);
}
