import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, refused, stillWrong } from '../../../web/pages/admin/links/form_check.js';
import { NOTHING, changedTerms, domainsIn, editOf, keyFor, onTop, termsOf } from '../../../web/pages/admin/links/form_values.js';
import { progressOf } from '../../../web/pages/admin/links/form_texts.js';
import { canWait, isAskedAbout, warningsOf } from '../../../web/pages/admin/links/form_warnings.js';
import { givenBy, publicGives } from '../../../web/pages/admin/links/gives.js';

const TODAY = '2026-11-23';
const values = (change = {}) => ({ ...NOTHING, name: 'Crew', ...change });
const asked = (change = {}) => ({ id: 'a', key: '', label: 'Trade', kind: 'text', options: '', required: false, ...change });

test('a key is made of a label, is a key, and is nobody else\'s', () => {
  assert.equal(keyFor('Ihr Gewerk (Straße)', []), 'ihr_gewerk_strasse');
  assert.equal(keyFor('Żółć', ['zo']), 'zo_c');
  assert.equal(keyFor('Trade', ['trade', 'trade_2']), 'trade_3');
  assert.equal(keyFor('班次', []), 'field');
  assert.equal(keyFor('2nd shift', []), 'nd_shift');
  for (const label of ['x'.repeat(100), '__', '9', `${'y'.repeat(35)} z`]) assert.match(keyFor(label, []), /^[a-z][a-z0-9_]{0,39}$/);
});

test('new questions take keys beside the old ones, which keep theirs whatever they are called now', () => {
  const rows = [asked({ id: 'trade', key: 'trade', label: 'Shift' }), asked({ id: '1' }), asked({ id: '2', kind: 'choice', options: ' a \n\nb\n' })];
  assert.deepEqual(termsOf(values({ fields: rows })).fields.map(({ key, options }) => [key, options]), [['trade', undefined], ['trade_2', undefined], ['trade_3', ['a', 'b']]]);
});

test('an edit sends what was changed and nothing else', () => {
  const before = values({ groups: ['b', 'a'], expires: '2027-01-01', only: 'acme.com' });
  assert.deepEqual(editOf(before, { ...before, groups: ['a', 'b'], only: '@ACME.com,' }), {});
  assert.deepEqual(editOf(before, { ...before, expires: '', cap: ' 7 ', only: '' }), { expires: null, cap: 7, domains: null });
});

test('changes go on top of somebody else\'s, whose others stay', () => {
  const before = values({ cap: '1' });
  const mine = { ...before, cap: '2', ends: 'on', ends_on: '2027-01-01' };
  const theirs = { ...before, cap: '3', description: 'theirs', ends: 'after_days', ends_days: '5' };
  const both = onTop(before, mine, theirs);
  assert.deepEqual([both.cap, both.description, termsOf(both).allocation_ends], ['2', 'theirs', { on: '2027-01-01' }]);
  assert.deepEqual(changedTerms(theirs, both), ['cap', 'allocation_ends']);
});

const german = { welcome: ' Hallo ', fields: { a: { label: 'Gewerk', options: { Welder: 'Schweißer', Gone: 'Weg', Rigger: ' ' } }, b: { label: 'Weg', options: {} } } };
const choice = asked({ kind: 'choice', options: 'Welder\nRigger' });

test('what is sent of translations is what translates something, by the keys of the questions', () => {
  const terms = (change) => termsOf(values({ translations: { de: german, pl: { welcome: ' ', fields: {} } }, ...change })).translations;
  const trade = { label: 'Gewerk', options: { Welder: 'Schweißer' } };
  assert.deepEqual(terms({ welcome: 'Hello', fields: [choice] }), { de: { welcome: 'Hallo', fields: { trade } } });
  assert.deepEqual(terms({ welcome: ' ', fields: [choice] }), { de: { fields: { trade } } });
  assert.deepEqual(terms({ fields: [asked()] }), { de: { fields: { trade: { label: 'Gewerk' } } } });
  assert.equal(terms({}), null);
});

test('an edit of the questions sends the translations with them only where some of those are gone', () => {
  const before = values({ fields: [{ ...choice, key: 'trade' }], translations: { de: german } });
  const change = (fields) => changedTerms(before, { ...before, fields });
  assert.deepEqual(change([{ ...choice, key: 'trade', label: 'Your trade' }]), ['fields']);
  assert.deepEqual(change([{ ...choice, key: 'trade', options: 'Rigger\nFitter' }]), ['fields', 'translations']);
  assert.deepEqual(change([]), ['fields', 'translations']);
});

test('translations go on top of somebody else\'s questions', () => {
  const before = values({ fields: [{ ...choice, id: 'trade', key: 'trade' }] });
  const mine = { ...before, translations: { de: { welcome: '', fields: { trade: { label: 'Gewerk', options: { Welder: 'Schweißer' } } } } } };
  const theirs = { ...before, fields: [{ ...choice, id: 'trade', key: 'trade', options: 'Fitter\nRigger' }, asked({ id: 'years', key: 'years', label: 'Years' })] };
  const both = editOf(theirs, onTop(before, mine, theirs));
  assert.deepEqual(both, { translations: { de: { fields: { trade: { label: 'Gewerk' } } } } });
});

test('how much is translated is counted over every text that people read', () => {
  const all = values({ welcome: 'Hello', fields: [choice, asked({ id: 'b', label: ' ' })], translations: { de: german } });
  assert.deepEqual(progressOf(all, 'de'), { n: 3, all: 4 });
  assert.deepEqual(progressOf(all, 'pl'), { n: 0, all: 4 });
});

test('mail domains are read however they are typed', () => {
  assert.deepEqual(domainsIn(' @Acme.com; acme.com\nsub.acme.com '), ['acme.com', 'sub.acme.com']);
});

test('what is wrong is found field by field', () => {
  const wrong = (change, changed = ['expires', 'allocation_ends']) => Object.keys(check(values(change), changed, TODAY));
  assert.deepEqual(wrong({}), []);
  assert.deepEqual(wrong({ name: ' ' }), ['name']);
  for (const cap of ['0', '1.5', '-1', 'x', '1000001']) assert.deepEqual(wrong({ cap }), ['cap'], cap);
  assert.deepEqual(wrong({ expires: '2026-11-22' }), ['expires']);
  assert.deepEqual(wrong({ expires: '2026-11-22' }, []), []);
  assert.deepEqual(wrong({ starts: '2027-01-02', expires: '2027-01-01' }), ['starts']);
  assert.deepEqual(wrong({ only: 'acme' }), ['domains']);
  assert.deepEqual(wrong({ groups: Array.from({ length: 51 }, (_, n) => `${n}`) }), ['allocation']);
  assert.deepEqual(wrong({ ends: 'on' }), ['allocation_ends']);
  assert.deepEqual(wrong({ ends: 'after_days', ends_days: '3651' }), ['allocation_ends']);
  assert.deepEqual(wrong({ fields: [asked({ label: '' }), asked({ id: 'b', kind: 'choice', options: 'same\nsame' })] }), ['fields.a', 'fields.b.options']);
});

test('what the API refused is said in words of the form', () => {
  assert.deepEqual(refused({ expires: 'must lie within 731 days from now', version: 'x' }), { expires: 'wrong_expires' });
});

test('a link that is right is warned of nothing', () => {
  const there = { taken: 0, waiting: 0, gone: false };
  assert.deepEqual(warningsOf(values(), { units: 1, modules: 1 }, there, TODAY), []);
  const keys = (change, who = there) => warningsOf(values(change), { units: 1, modules: 1 }, who, TODAY).map(({ key }) => key);
  assert.deepEqual(keys({}, { ...there, nameTaken: true }), ['warn_same_name']);
  assert.deepEqual(keys({ cap: '3' }, { taken: 3, waiting: 1, gone: false }), ['warn_cap_waiting']);
  assert.deepEqual(keys({ cap: '2' }, { taken: 3, waiting: 1, gone: false }), ['warn_cap_taken']);
  assert.deepEqual(keys({ expires: TODAY }), []);
  assert.deepEqual(keys({ expires: TODAY }, { ...there, gone: true }), ['warn_past']);
  assert.deepEqual(keys({ admit_waiting: true }), ['warn_admit_unused']);
  assert.deepEqual(keys({ overflow: 'waiting_list' }), ['warn_list_unused']);
  assert.deepEqual(keys({ admission: 'approval', only: 'a.com' }), []);
  assert.deepEqual(keys({ admission: 'approval', only: 'a.com', others: 'approval' }), ['warn_domains']);
});

test('what units give is each module once, by title, with all units it comes through', () => {
  const catalog = { groups: [{ id: 'g', name: 'Welders', modules: ['2', '10'] }], sites: [{ id: 's', name: 'Yard', modules: ['10', 'gone'] }], regions: [], modules: [{ id: '10', title: 'Part 10', url: '' }, { id: '2', title: 'Part 2', url: '' }] };
  const { units, modules } = givenBy({ groups: ['g'], sites: ['s', 'old'], regions: [] }, catalog);
  assert.deepEqual(units.map(({ name }) => name), ['Welders', 'Yard', null]);
  assert.deepEqual(modules, [{ id: '2', title: 'Part 2', through: ['Welders'] }, { id: '10', title: 'Part 10', through: ['Welders', 'Yard'] }]);
});

test('an error goes when its field is mended, and others stay until theirs are', () => {
  const errors = { name: 'n', cap: 'c', starts: 's', 'fields.1': 'q' };
  assert.deepEqual(stillWrong(errors, { name: 'Crew' }, { cap: 'wrong_cap', starts: 'wrong_starts', 'fields.1': 'wrong_label' }), { cap: 'c', starts: 's', 'fields.1': 'q' });
  assert.deepEqual(stillWrong(errors, { name: '' }, { name: 'wrong_name' }), errors);
  // A date is wrong beside the other: moving either mends it.
  assert.deepEqual(stillWrong({ starts: 's' }, { expires: '2030-01-01' }, {}), {});
  // What the API alone found goes with the first edit of its field, whatever the field's value is called.
  assert.deepEqual(stillWrong({ allocation: 'a', domains: 'd' }, { sites: [] }, {}), { domains: 'd' });
  assert.deepEqual(stillWrong({ domains: 'd' }, { only: 'a.com' }, {}), {});
});

test('people can come to wait for an admin by approval, by other addresses, and on a list that an admin works', () => {
  assert.equal(canWait(values()), false);
  assert.equal(canWait(values({ admission: 'approval' })), true);
  assert.equal(canWait(values({ only: 'a.com', others: 'approval' })), true);
  assert.equal(canWait(values({ only: '', others: 'approval' })), false);
  assert.equal(canWait(values({ overflow: 'waiting_list' })), true);
  assert.equal(canWait(values({ overflow: 'waiting_list', admit_waiting: true })), false);
});

test('it is asked before a link is saved that gives nothing or closes by its cap, if this save makes it so', () => {
  assert.equal(isAskedAbout('warn_no_units', ['allocation']), true);
  assert.equal(isAskedAbout('warn_no_units', ['name']), false);
  assert.equal(isAskedAbout('warn_cap_taken', ['cap']), true);
  assert.equal(isAskedAbout('warn_cap_taken', ['name']), false);
  assert.equal(isAskedAbout('warn_past', ['expires', 'cap', 'allocation']), false);
});

test('the preview names what the page of a link will: four units, sites first, and four modules of theirs', () => {
  const unit = (id, ...modules) => ({ id, name: `Unit ${id}`, modules });
  const modules = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, title: `Module ${id}`, url: '' }));
  const catalog = { groups: [unit('g', 'd', 'e')], sites: [unit('2', 'b', 'a'), unit('1', 'a', 'c')], regions: [unit('r')], modules };
  assert.deepEqual(publicGives({ groups: ['g'], sites: ['2', '1'], regions: [] }, catalog), {
    sites: ['Unit 1', 'Unit 2'],
    modules: ['Module a', 'Module c', 'Module b', 'Module d'],
    more: true,
  });
  assert.deepEqual(publicGives({ groups: [], sites: ['2', 'gone'], regions: ['r'] }, catalog), { sites: ['Unit 2'], modules: ['Module a', 'Module b'], more: false });
  // What was deleted takes the place of nothing that is there.
  const gone = ['0', '00', '000', '0000'];
  assert.deepEqual(publicGives({ groups: ['g'], sites: [...gone, '1'], regions: [] }, catalog), {
    sites: ['Unit 1'],
    modules: ['Module a', 'Module c', 'Module d', 'Module e'],
    more: false,
  });
  assert.deepEqual(publicGives({ groups: [], sites: ['x'], regions: [] }, { ...catalog, sites: [unit('x', 'gone', 'a', 'b', 'c', 'd')] }).modules, ['Module a', 'Module b', 'Module c', 'Module d']);
});
