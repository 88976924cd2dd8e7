import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACTS } from '../../../web/pages/admin/audit/acts.js';
import { changesOf } from '../../../web/pages/admin/audit/changes.js';
import { actWords } from '../../../web/pages/admin/audit/say.js';
import { valueWords } from '../../../web/pages/admin/audit/value.js';
import { loadTexts } from '../../../web/locales/admin/texts.js';
import { described } from '../described.js';

await loadTexts();

const ID = '01a1531a-60c8-7209-90aa-69a0ece64ff6';
const known = { zone: 'Europe/Berlin', names: new Map([[ID, 'North yard']]) };
const words = (field, value) => valueWords(field, value, known);

test('every act of the API can be chosen, once, and has words', () => {
  const acts = ACTS.flatMap(([, acts]) => acts);
  assert.deepEqual([...acts].sort(), described('Act').sort());
  assert.deepEqual(acts.filter((act) => actWords(act) === act), []);
});

test('while names are not known, no id is said to be of something that is gone', () => {
  assert.equal(valueWords('modules', [ID], { zone: 'Europe/Berlin', names: undefined }), '…');
});

test('a value is told in words, by the name that it has and by the clocks of the zone', () => {
  assert.equal(words('cap', 60), '60');
  assert.equal(words('cap', null), 'none');
  assert.equal(words('admission', 'approval'), 'admin approval');
  assert.equal(words('admit_waiting', true), 'yes');
  assert.equal(words('modules', [ID]), 'North yard');
  assert.equal(words('allocation', { sites: [ID], groups: [] }), 'North yard');
  assert.match(words('units', ['73b84168-83e5-5f1e-8c45-72770dfa04a6']), /^73b84168… \(deleted\)$/);
  assert.match(words('expires_at', '2027-02-01T23:30:00.000Z'), /2 Feb|Feb 2/);
  assert.match(words('expires_at', '2027-02-01T23:00:00.000Z'), /1 Feb|Feb 1/);
  assert.match(words('starts_at', '2027-02-01T23:00:00.000Z'), /2 Feb|Feb 2/);
  assert.equal(words('fields', [{ key: 'trade', label: 'Your trade' }]), 'Your trade');
  assert.equal(words('domains', { only: ['acme.com', 'acme.org'], others: 'refuse' }), 'acme.com, acme.org; others can’t register');
  assert.equal(words('allocation_ends', { after_days: 1 }), '1 day after enrollment');
  assert.equal(words('text_language', 'de'), 'German');
  const german = { welcome: 'Hallo', fields: { trade: { label: 'Gewerk', options: { Welder: 'Schweißer' } } } };
  assert.equal(words('translations', { de: german, pl: { welcome: 'Witamy' } }), 'German: Hallo, Gewerk, Schweißer; Polish: Witamy');
  assert.equal(words('filter', { access: 'pending', link: ID, unit: null }), 'Status: awaiting access; Link: North yard');
  assert.equal(words('filter', { unit: ID, include_rejected: true }), 'Unit: North yard; Include rejected people: yes');
});

test('what is a word of a choice in one field is left as it is in a text', () => {
  assert.equal(words('name', 'active'), 'active');
  assert.equal(words('name', 'instant'), 'instant');
  assert.equal(words('state', 'something new'), 'something new');
});

test('of what was made only what was set is told; of an edit, before and after', () => {
  const made = changesOf({ before: { name: null, cap: null, description: null }, after: { name: 'Spring', cap: null, description: '' } });
  assert.deepEqual(made, [{ field: 'name', before: null, after: 'Spring', made: true }]);
  const edited = changesOf({ before: { cap: 40, expires_at: null }, after: { cap: null, expires_at: '2027-02-01T23:00:00.000Z' } });
  assert.deepEqual(edited.map(({ field, made }) => [field, made]), [['cap', false], ['expires_at', false]]);
  const granted = changesOf({ before: { access: 'pending', enrolled: null }, after: { access: 'granted', enrolled: [ID] } });
  assert.deepEqual(granted.map(({ field, made }) => [field, made]), [['access', false], ['enrolled', true]]);
  assert.deepEqual(changesOf({ before: { mail: null }, after: { mail: ID } }), []);
  assert.deepEqual(changesOf({ before: { name: 'Gone', modules: [] }, after: { name: null, modules: null } }).map(({ field }) => field), ['name']);
});
