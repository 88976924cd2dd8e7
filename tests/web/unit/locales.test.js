import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { WEB } from '../graph.js';
import { LANGUAGES } from '../../../web/locales/languages.js';
import english from '../../../web/locales/en.js';

const places = (text) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

test('every file of texts is listed, and every language that is listed has its file', () => {
  const files = readdirSync(join(WEB, 'locales')).filter((name) => name.endsWith('.js') && name !== 'languages.js');
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

test('the dashboard names its texts, and every one it names is there', async () => {
  const { MODULES, read } = await import('../graph.js');
  const folder = join(WEB, 'locales/admin/en');
  const all = await Promise.all(readdirSync(folder).map(async (name) => [name, (await import(join(folder, name))).default]));
  const code = MODULES.filter((path) => /admin/.test(path) && !path.startsWith('/locales')).map(read).join('\n');
  const unsaid = [];
  for (const [name, texts] of all) {
    for (const [key, text] of Object.entries(texts)) {
      const forms = typeof text === 'string' ? [text] : Object.values(text);
      assert.ok(forms.length > 0 && forms.every((form) => form.trim() !== ''), `${name}: ${key}`);
      // A key is named whole, or by its beginning where its end is a state or an outcome.
      const begins = key.split('_').map((_, at, parts) => `${parts.slice(0, at).join('_')}_`).slice(1);
      const named = [`'${key}'`, ...begins.map((begin) => `\`${begin}\${`)];
      if (!named.some((one) => code.includes(one))) unsaid.push(`${name}: ${key}`);
    }
  }
  assert.deepEqual(unsaid, []);
});
