import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foundIn } from '../../../web/lib/found.js';
import { giversOf, modulesOf, titlesOf, unitsOf } from '../../../web/pages/admin/catalog/gives.js';

const catalog = {
  groups: [{ id: 'g2', name: 'Crew 10', modules: [] }, { id: 'g1', name: 'Crew 9', modules: ['m1', 'gone'] }],
  sites: [{ id: 's1', name: 'North yard', modules: ['m2', 'm1'] }],
  regions: [],
  modules: [{ id: 'm1', title: 'Welding', url: '' }, { id: 'm2', title: 'Árboles', url: '' }, { id: 'm3', title: 'Nobody’s', url: '' }],
};

test('who gives a module, of all kinds, and what a unit gives; what left the catalog is given by nobody', () => {
  assert.deepEqual(giversOf(catalog, { id: 'm1' }).map(({ name, kind }) => [name, kind]), [['Crew 9', 'group'], ['North yard', 'site']]);
  assert.deepEqual(giversOf(catalog, { id: 'm3' }), []);
  assert.deepEqual(titlesOf(catalog, catalog.sites[0]), ['Árboles', 'Welding']);
  assert.deepEqual(titlesOf(catalog, catalog.groups[1]), ['Welding']);
});

test('units and modules stand in the order of their names, with numbers as numbers', () => {
  assert.deepEqual(unitsOf(catalog, 'group').map(({ name }) => name), ['Crew 9', 'Crew 10']);
  assert.deepEqual(modulesOf(catalog).map(({ id }) => id), ['m2', 'm3', 'm1']);
});

test('a search finds every word anywhere, without regard to case and accents', () => {
  const titles = catalog.modules.map(({ title }) => title);
  assert.deepEqual(foundIn(titles, 'arbol', (title) => title), ['Árboles']);
  assert.deepEqual(foundIn(titles, 'WELD ing', (title) => title), ['Welding']);
  assert.deepEqual(foundIn(titles, '', (title) => title), titles);
});
