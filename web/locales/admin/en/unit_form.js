/** The form of a group, site or region, which can create training modules too. */
export default {
  add_module: 'Add a new module',
  new_modules: 'New modules',
  module_title: 'Module title',
  module_title_hint: 'What the training is called, such as Hot work safety.',
  module_url: 'Module address',
  module_url_hint: 'Where the training is. Starts with https://',
  module_remove: 'Remove module {n}',
  wrong_title: 'Enter a title (max. 100 characters).',
  wrong_url: 'Enter a full address that starts with https://',
  modules_made: { one: '{n} module was created. It stays in the catalog if you cancel.', other: '{n} modules were created. They stay in the catalog if you cancel.' },
  modules_left: { one: '{n} module was created, and no unit assigns it.', other: '{n} modules were created, and no unit assigns them.' },
};
