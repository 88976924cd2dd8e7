/** The form of a group, site or region, which can create training modules too. */
export default {
  add_module: 'Dodaj nowy moduł',
  new_modules: 'Nowe moduły',
  module_title: 'Tytuł modułu',
  module_title_hint: 'Jak nazywa się szkolenie, na przykład Prace pożarowo niebezpieczne.',
  module_url: 'Adres modułu',
  module_url_hint: 'Adres szkolenia. Zaczyna się od https://',
  module_remove: 'Usuń moduł {n}',
  wrong_title: 'Wpisz tytuł (maks. 100 znaków).',
  wrong_url: 'Wpisz pełny adres, który zaczyna się od https://',
};
