/** The checklist of a new organization, on the overview. */
export default {
  title: 'So kommen Ihre Leute in die Schulung',
  lead: 'Drei Schritte, dann können Sie Ihren ersten Link teilen.',
  done: 'Erledigt',
  unit: 'Standort und Schulung anlegen',
  unit_text: 'Wer zu einer Gruppe, einem Standort oder einer Region gehört, erhält die zugehörigen Schulungsmodule.',
  unit_button: 'Standort anlegen',
  link: 'Zugangslink erstellen',
  link_text: 'Personen registrieren sich damit und erhalten die Gruppen, Standorte und Regionen, die Sie auswählen.',
  link_button: 'Link erstellen',
  try: 'Selbst ausprobieren',
  try_text: 'Öffnen Sie den Link, registrieren Sie sich mit Ihrer eigenen E-Mail-Adresse und melden Sie sich über die E-Mail an.',
  try_button: 'Zum Link',
};
