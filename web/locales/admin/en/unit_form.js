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
};
