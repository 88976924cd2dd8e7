import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choose, fill, say, speak, spoken } from '../../../web/lib/language.js';
import { inWords, zoneOf } from '../../../web/lib/dates.js';

globalThis.document = { documentElement: { lang: '' } };

test('the first language of the reader that there is wins', () => {
  assert.equal(choose(['fr-CH', 'de-AT', 'en'], ['en', 'de']), 'de');
  assert.equal(choose(['PL'], ['en', 'pl']), 'pl');
  assert.equal(choose(['fr', 'it'], ['en', 'de']), undefined);
  assert.equal(choose([], ['en']), undefined);
});

test('what is not spoken is English, and the page says which language it is in', async () => {
  await speak('fr');
  assert.match(spoken(), /^en\b/);
  await speak('de');
  assert.equal(document.documentElement.lang, 'de');
  assert.equal(say('sign_in_button'), 'Anmelden');
});

test('values are filled in as they are, and never filled in themselves', () => {
  assert.equal(fill('{a} and {b}', { a: '{b}', b: '<b>$&</b>' }), '{b} and <b>$&</b>');
  assert.equal(fill('{a}', {}), '{a}');
});

test('a moment is told as the clocks of its zone show it', () => {
  assert.match(inWords('2026-12-01T23:00:00.000Z', 'en', 'Europe/Berlin'), /Wednesday.*2 December|December 2.*GMT\+1/);
  assert.equal(zoneOf('2026-12-01 23:59 Europe/Berlin'), 'Europe/Berlin');
  assert.equal(zoneOf('2026-12-01 23:59 Mars/Olympus'), undefined);
});
