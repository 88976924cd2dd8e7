/** The dialog with a link's QR code and poster. */
export default {
  title: 'Share {name}',
  qr_alt: 'QR code of {name}',
  address: 'Link address',
  share: 'Share…',
  share_text: 'Join your training at {organization}',
  png: 'Download PNG',
  svg: 'Download SVG',
  poster: 'Poster',
  poster_text: 'One A4 page with the training, the site and the QR code.',
  languages_hint: 'Says in these languages too how to scan the code.',
  main: 'Written in',
  also: 'Also in',
  poster_alt: 'Poster of {name}',
  print: 'Print',
  pdf: 'Download PDF',
  not_made: 'The file couldn’t be created. Print the poster and choose “Save as PDF”.',
};
