/** The dialog with a link's QR code and poster. */
export default {
  title: 'Compartir {name}',
  qr_alt: 'Código QR de {name}',
  address: 'Dirección del enlace',
  share: 'Compartir…',
  share_text: 'Únase a la formación de {organization}',
  png: 'Descargar PNG',
  svg: 'Descargar SVG',
  poster: 'Cartel',
  poster_text: 'Una página A4 con la formación, el centro y el código QR.',
  languages_hint: 'Explica también en estos idiomas cómo escanear el código.',
  main: 'Idioma',
  also: 'También en',
  poster_alt: 'Cartel de {name}',
  print: 'Imprimir',
  pdf: 'Descargar PDF',
  not_made: 'No se ha podido crear el archivo. Imprima el cartel y elija «Guardar como PDF».',
};
