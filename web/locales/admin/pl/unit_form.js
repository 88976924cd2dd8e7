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
  modules_made: { one: 'Utworzono {n} moduł. Zostanie w katalogu, nawet jeśli anulujesz.', few: 'Utworzono {n} moduły. Zostaną w katalogu, nawet jeśli anulujesz.', many: 'Utworzono {n} modułów. Zostaną w katalogu, nawet jeśli anulujesz.', other: 'Utworzono {n} modułu. Zostaną w katalogu, nawet jeśli anulujesz.' },
  modules_left: { one: 'Utworzono {n} moduł, którego nie przypisuje żadna jednostka.', few: 'Utworzono {n} moduły, których nie przypisuje żadna jednostka.', many: 'Utworzono {n} modułów, których nie przypisuje żadna jednostka.', other: 'Utworzono {n} modułu, którego nie przypisuje żadna jednostka.' },
};
