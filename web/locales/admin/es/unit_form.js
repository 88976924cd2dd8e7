/** The form of a group, site or region, which can create training modules too. */
export default {
  add_module: 'Añadir un módulo nuevo',
  new_modules: 'Módulos nuevos',
  module_title: 'Título del módulo',
  module_title_hint: 'Cómo se llama la formación, por ejemplo Trabajos en caliente.',
  module_url: 'Dirección del módulo',
  module_url_hint: 'Dónde está la formación. Empieza por https://',
  module_remove: 'Quitar módulo {n}',
  wrong_title: 'Escriba un título (máx. 100 caracteres).',
  wrong_url: 'Escriba una dirección completa que empiece por https://',
  modules_made: { one: 'Se ha creado {n} módulo. Seguirá en el catálogo aunque cancele.', other: 'Se han creado {n} módulos. Seguirán en el catálogo aunque cancele.' },
  modules_left: { one: 'Se ha creado {n} módulo que ninguna unidad asigna.', other: 'Se han creado {n} módulos que ninguna unidad asigna.' },
};
