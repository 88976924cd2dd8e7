/** The form of a group, site or region, which can create training modules too. */
export default {
  add_module: 'Neues Modul hinzufügen',
  new_modules: 'Neue Module',
  module_title: 'Titel des Moduls',
  module_title_hint: 'Wie die Schulung heißt, z.\u00a0B. Sicherheit bei Heißarbeiten.',
  module_url: 'Adresse des Moduls',
  module_url_hint: 'Adresse der Schulung. Beginnt mit https://',
  module_remove: 'Modul {n} entfernen',
  wrong_title: 'Geben Sie einen Titel ein (max. 100 Zeichen).',
  wrong_url: 'Geben Sie eine vollständige Adresse ein, die mit https:// beginnt.',
  modules_made: { one: '{n} Modul wurde angelegt. Es bleibt im Katalog, auch wenn Sie abbrechen.', other: '{n} Module wurden angelegt. Sie bleiben im Katalog, auch wenn Sie abbrechen.' },
  modules_left: { one: '{n} Modul wurde angelegt und gehört zu keiner Einheit.', other: '{n} Module wurden angelegt und gehören zu keiner Einheit.' },
};
