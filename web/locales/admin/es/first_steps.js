/** The checklist of a new organization, on the overview. */
export default {
  title: 'Lleve a las personas a su formación',
  lead: 'En tres pasos, su primer enlace estará listo para compartir.',
  done: 'Hecho',
  unit: 'Añada un centro y su formación',
  unit_text: 'Quien está en un grupo, centro o región recibe sus módulos de formación.',
  unit_button: 'Añadir centro',
  link: 'Cree un enlace de acceso',
  link_text: 'Quien se registra con él recibe los grupos, centros y regiones que usted elija.',
  link_button: 'Crear enlace',
  try: 'Haga la prueba',
  try_text: 'Abra el enlace, regístrese con su propio correo electrónico e inicie sesión desde el correo que reciba.',
  try_button: 'Ir al enlace',
};
