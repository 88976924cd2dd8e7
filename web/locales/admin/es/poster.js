/** The dialog with a link's QR code and poster. */
export default {
  title: 'Compartir {name}',
  qr_alt: 'Código QR de {name}',
  address: 'Dirección del enlace',
  share: 'Compartir…',
  share_text: 'Regístrese para la formación de {organization}',
  png: 'Descargar código QR (PNG)',
  svg: 'Descargar código QR (SVG)',
  poster: 'Cartel',
  poster_text: 'Una página A4 con la formación, el centro y el código QR.',
  languages_hint: 'Para quienes no leen el idioma del cartel. El resto del cartel no cambia.',
  main: 'Idioma del cartel',
  also: 'Explicar también cómo escanear en',
  poster_alt: 'Cartel de {name}',
  print: 'Abrir cartel para imprimir',
  pdf: 'Descargar cartel (PDF)',
  not_made: 'No se ha podido crear el archivo. Imprima el cartel y elija «Guardar como PDF».',
};
