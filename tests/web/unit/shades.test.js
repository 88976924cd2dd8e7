import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isColor, shadesOf } from '../../../web/pages/admin/settings/shades.js';

const listed = JSON.parse(readFileSync(new URL('shades.json', import.meta.url), 'utf8'));

test('the preview has the shades that the pages get', () => {
  assert.ok(listed.length > 8);
  for (const { accent, light, dark } of listed) assert.deepEqual(shadesOf(accent), { light, dark }, accent);
});

test('a colour is six digits and nothing else', () => {
  assert.ok(['#0b5fae', ' #0B5FAE '].every(isColor));
  assert.ok(!['', '#fff', '0b5fae', 'red', '#0b5faef', '#0b5fag'].some(isColor));
});
