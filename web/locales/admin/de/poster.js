/** The dialog with a link's QR code and poster. */
export default {
  title: '„{name}“ teilen',
  qr_alt: 'QR-Code von „{name}“',
  address: 'Linkadresse',
  share: 'Teilen …',
  share_text: 'Nehmen Sie an Ihrer Schulung bei {organization} teil',
  png: 'PNG herunterladen',
  svg: 'SVG herunterladen',
  poster: 'Plakat',
  poster_text: 'Eine A4-Seite mit Schulung, Standort und QR-Code.',
  languages_hint: 'Auf dem Plakat steht auch in diesen Sprachen, wie man den Code scannt.',
  main: 'Sprache',
  also: 'Weitere Sprachen',
  poster_alt: 'Plakat von „{name}“',
  print: 'Drucken',
  pdf: 'PDF herunterladen',
  not_made: 'Die Datei konnte nicht erstellt werden. Drucken Sie das Plakat und wählen Sie „Als PDF speichern“.',
};
