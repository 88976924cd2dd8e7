/** The checklist of a new organization, on the overview. */
export default {
  title: 'Ponga en marcha su formación',
  lead: 'En tres pasos, su primer enlace estará listo para compartir.',
  done: 'Hecho',
  unit: 'Añada un centro y su formación',
  unit_text: 'Un centro es un lugar de trabajo. Quien está en un centro recibe sus módulos de formación. Los grupos (equipos) y las regiones (zonas) funcionan igual.',
  unit_button: 'Añadir centro',
  training: 'Añada formación a {name}',
  training_text: 'Todavía no tiene módulos de formación, así que quienes se registren no recibirán ninguna formación. Elija módulos o créelos.',
  training_button: 'Añadir formación',
  link: 'Cree un enlace de acceso',
  link_text: 'Las personas se registran con él y quedan asignadas a los grupos, centros y regiones que usted elija.',
  link_button: 'Crear enlace',
  try: 'Haga la prueba',
  try_text: 'Abra el enlace en su teléfono o en una ventana privada, regístrese con su propio correo electrónico e inicie sesión desde el correo que reciba.',
  try_button: 'Ir al enlace',
};
