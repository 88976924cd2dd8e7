/** The dialog with a link's QR code and poster. */
export default {
  title: 'Udostępnij „{name}”',
  qr_alt: 'Kod QR linku „{name}”',
  address: 'Adres linku',
  share: 'Udostępnij…',
  share_text: 'Zarejestruj się na szkolenie: {organization}',
  png: 'Pobierz kod QR (PNG)',
  svg: 'Pobierz kod QR (SVG)',
  poster: 'Plakat',
  poster_text: 'Jedna strona A4 ze szkoleniem, lokalizacją i kodem QR.',
  languages_hint: 'Dla osób, które nie czytają w języku plakatu. Reszta plakatu się nie zmieni.',
  main: 'Język plakatu',
  also: 'Instrukcja skanowania także w językach',
  poster_alt: 'Plakat linku „{name}”',
  print: 'Otwórz plakat do druku',
  pdf: 'Pobierz plakat (PDF)',
  not_made: 'Nie udało się utworzyć pliku. Wydrukuj plakat i wybierz „Zapisz jako PDF”.',
};
