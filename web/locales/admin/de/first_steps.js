/** The checklist of a new organization, on the overview. */
export default {
  title: 'So kommen Ihre Leute in die Schulung',
  lead: 'Drei Schritte, dann können Sie Ihren ersten Link teilen.',
  done: 'Erledigt',
  unit: 'Standort und Schulung anlegen',
  unit_text: 'Ein Standort ist ein Ort, an dem gearbeitet wird. Wer zu ihm gehört, erhält seine Schulungsmodule. Gruppen (Teams) und Regionen (Gebiete) funktionieren genauso.',
  unit_button: 'Standort anlegen',
  training: 'Schulung zu „{name}“ hinzufügen',
  training_text: 'Hier gibt es noch keine Schulungsmodule: Wer beitritt, erhält keine Schulung. Wählen Sie welche aus oder legen Sie neue an.',
  training_button: 'Schulung hinzufügen',
  link: 'Zugangslink erstellen',
  link_text: 'Personen registrieren sich damit und werden den Gruppen, Standorten und Regionen zugeordnet, die Sie auswählen.',
  link_button: 'Link erstellen',
  try: 'Selbst ausprobieren',
  try_text: 'Öffnen Sie den Link auf Ihrem Telefon oder in einem privaten Fenster, registrieren Sie sich mit Ihrer eigenen E-Mail-Adresse und melden Sie sich über die E-Mail an.',
  try_button: 'Zum Link',
};
