/** The dialog with a link's QR code and poster. */
export default {
  title: 'Udostępnij „{name}”',
  qr_alt: 'Kod QR linku „{name}”',
  address: 'Adres linku',
  share: 'Udostępnij…',
  share_text: 'Dołącz do szkolenia: {organization}',
  png: 'Pobierz PNG',
  svg: 'Pobierz SVG',
  poster: 'Plakat',
  poster_text: 'Jedna strona A4 ze szkoleniem, lokalizacją i kodem QR.',
  languages_hint: 'Także w tych językach wyjaśnia, jak zeskanować kod.',
  main: 'Język',
  also: 'Inne języki',
  poster_alt: 'Plakat linku „{name}”',
  print: 'Drukuj',
  pdf: 'Pobierz PDF',
  not_made: 'Nie udało się utworzyć pliku. Wydrukuj plakat i wybierz „Zapisz jako PDF”.',
};
