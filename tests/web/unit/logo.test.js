import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPaleOf, sizesOf } from '../../../web/pages/admin/settings/fitted.js';

test('a picture is tried at its size, or the largest that is of use, and then smaller', () => {
  assert.deepEqual(sizesOf({ width: 240, height: 80 })[0], { width: 240, height: 80 });
  assert.deepEqual(sizesOf({ width: 4000, height: 3000 })[0], { width: 213, height: 160 });
  assert.deepEqual(sizesOf({ width: 2560, height: 320 })[0], { width: 640, height: 80 });
  const widths = sizesOf({ width: 640, height: 160 }).map(({ width }) => width);
  assert.deepEqual(widths, [640, 480, 320, 224, 160]);
});

test('a logo is pale that is next to nothing but white, whatever it is made of', () => {
  const of = (...pixels) => isPaleOf(pixels.flatMap(([gray, count]) => Array.from({ length: count }, () => [gray, gray, gray, 255]).flat()));
  assert.ok(of([255, 200]));
  assert.ok(of([230, 200]));
  assert.ok(of([255, 199], [0, 1]));
  assert.ok(!of([255, 190], [0, 10]));
  assert.ok(!of([140, 200]));
});
