/** The dialog with a link's QR code and poster. */
export default {
  title: 'Share {name}',
  qr_alt: 'QR code of {name}',
  address: 'Link address',
  share: 'Share…',
  share_text: 'Join your training at {organization}',
  png: 'Download QR code (PNG)',
  svg: 'Download QR code (SVG)',
  poster: 'Poster',
  poster_text: 'One A4 page with the training, the site and the QR code.',
  languages_hint: 'For people who don’t read the poster’s language. The rest of the poster stays as it is.',
  main: 'Poster language',
  also: 'Also explain scanning in',
  poster_alt: 'Poster of {name}',
  print: 'Open poster to print',
  pdf: 'Download poster (PDF)',
  not_made: 'The file couldn’t be created. Print the poster and choose “Save as PDF”.',
};
