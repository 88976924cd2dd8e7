/** The dialog with a link's QR code and poster. */
export default {
  title: '„{name}“ teilen',
  qr_alt: 'QR-Code von „{name}“',
  address: 'Linkadresse',
  share: 'Teilen\u00a0…',
  share_text: 'Nehmen Sie an Ihrer Schulung bei {organization} teil',
  png: 'QR-Code herunterladen (PNG)',
  svg: 'QR-Code herunterladen (SVG)',
  poster: 'Plakat',
  poster_text: 'Eine A4-Seite mit Schulung, Standort und QR-Code.',
  languages_hint: 'Für alle, die die Sprache des Plakats nicht verstehen. Der übrige Text bleibt, wie er ist.',
  main: 'Sprache des Plakats',
  also: 'Scan-Hinweis auch auf',
  poster_alt: 'Plakat von „{name}“',
  print: 'Plakat zum Drucken öffnen',
  pdf: 'Plakat herunterladen (PDF)',
  not_made: 'Die Datei konnte nicht erstellt werden. Drucken Sie das Plakat und wählen Sie „Als PDF speichern“.',
};
