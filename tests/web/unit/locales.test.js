import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { WEB } from '../graph.js';
import { LANGUAGES } from '../../../web/locales/languages.js';
import english from '../../../web/locales/en.js';

const places = (text) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

test('every file of texts is listed, and every language that is listed has its file', () => {
  const files = readdirSync(join(WEB, 'locales')).filter((name) => name !== 'languages.js');
  assert.deepEqual(files.sort(), LANGUAGES.map((tag) => `${tag}.js`).sort());
});

for (const tag of LANGUAGES) {
  test(`${tag} has a text for everything, with the same places to fill in`, async () => {
    const { default: texts } = await import(`../../../web/locales/${tag}.js`);
    assert.deepEqual(Object.keys(texts).sort(), Object.keys(english).sort());
    for (const [key, text] of Object.entries(texts)) {
      assert.ok(text.trim() !== '', key);
      assert.deepEqual(places(text), places(english[key]), key);
    }
  });
}
