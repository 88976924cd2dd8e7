# Los textos de los correos y de las páginas impresas en español, con trato de usted. Cómo se escribe un archivo así:
# https://projectfluent.org/fluent/guide/ ; lo que hay que tener en cuenta está al principio de en.ftl.

## Todos los correos

button-fails = Si el botón no funciona, copie esta dirección en su navegador:
code-type = O escriba este código en la página donde indicó su correo electrónico:
code-only-there = Escríbalo solo en { $host }. Nadie de { $organization } se lo pedirá, ni por teléfono ni por mensaje.
link-life = El enlace funciona una sola vez y es válido durante { $life }.
ask-again = Después puede solicitar uno nuevo aquí:
questions = ¿Tiene alguna duda?

life-minutes =
    { $count ->
        [one] 1 minuto
       *[other] { $count } minutos
    }
life-hours =
    { $count ->
        [one] 1 hora
       *[other] { $count } horas
    }

date-time = { $day } de { month } de { $year } a las { $time } ({ $zone })
month =
    { $month ->
        [1] enero
        [2] febrero
        [3] marzo
        [4] abril
        [5] mayo
        [6] junio
        [7] julio
        [8] agosto
        [9] septiembre
        [10] octubre
        [11] noviembre
       *[12] diciembre
    }

## Alguien se ha inscrito con esta dirección

registration-title = Confirme su registro en { $organization }
registration-reason = Esta dirección se ha registrado para la formación de { $organization }. Inicie sesión para confirmar su registro.
registration-action = Confirmar e iniciar sesión
registration-otherwise = Si no ha sido usted, ignore este correo.

## Alguien ha solicitado un enlace para iniciar sesión

login-title = Iniciar sesión en { $organization }
login-reason = Este es su enlace para iniciar sesión en { $organization }.
login-action = Iniciar sesión
login-otherwise = Si no lo ha solicitado, ignore este correo.

## Se ha concedido el acceso

grant-title = Ya tiene acceso a la formación de { $organization }
grant-reason = { $organization } le ha dado acceso a su formación. Inicie sesión para empezar.
grant-action = Iniciar sesión
grant-otherwise = Si no conoce { $organization }, ignore este correo.

## Ha quedado libre una plaza

admitted-title = Hay una plaza para usted en { $organization }
admitted-reason = Hay una plaza libre en { $organization } y es su turno en la lista de espera. Inicie sesión para ocuparla antes de que pase a la siguiente persona.
admitted-action = Ocupar la plaza
admitted-otherwise = Si no se registró en { $organization }, ignore este correo. La plaza pasará a otra persona.

## Se ha creado la organización

first-admin-title = Configure los enlaces de acceso de { $organization }
first-admin-reason = Se ha creado { $organization } y usted es la primera persona que la administra. Inicie sesión para crear enlaces de acceso y dar acceso a otras personas.
first-admin-action = Iniciar sesión como administrador
first-admin-otherwise = Si no lo esperaba, ignore este correo y avise a quienes gestionan este sistema.

## Un administrador ha dado permisos de administrador a esta persona

admin-title = Ya tiene permisos de administrador en { $organization }
admin-reason = { $organization } le ha dado permisos de administrador. Inicie sesión para crear enlaces de acceso y dar acceso a otras personas.
admin-action = Iniciar sesión como administrador
admin-otherwise = Si no conoce { $organization }, ignore este correo.

## Alguien se ha inscrito con esta dirección, y con ella no se puede entrar

turned-away-title = No puede registrarse en { $organization } con esta dirección
turned-away-reason = Esta dirección se ha usado para un registro en la formación de { $organization }, pero no es posible registrarse con ella. Si cree que es un error, pregunte a su contacto en { $organization }.
turned-away-otherwise = Si no se ha registrado, ignore este correo.

## Alguien se ha inscrito otra vez con esta dirección, y todavía no hay acceso

not-yet-title = Todavía no tiene acceso a { $organization }
not-yet-reason = Ya se ha registrado para la formación de { $organization }, pero todavía no tiene acceso. Cuando lo tenga, le enviaremos por correo un enlace para iniciar sesión.
not-yet-otherwise = Si no se ha registrado, ignore este correo.

## Se ha rechazado una inscripción y se quiere comunicar; lo que se haya escrito se cita después

refused-title = Su registro en { $organization } no se ha aprobado
refused-reason = Se registró para la formación de { $organization }. Su registro no se ha aprobado. Si cree que es un error, pregunte a su contacto en { $organization }.
refused-quotation = Mensaje de { $organization }:
refused-otherwise = Si no se ha registrado, ignore este correo.

## Avisos a quienes administran, sobre uno de sus enlaces de acceso

alert-action = Gestionar el enlace
alert-otherwise = Recibe este correo porque administra { $organization }.
link-filling-title = «{ $link }» tiene ocupado el 80 % de las plazas
link-filling-reason = Al menos el 80 % de las { $cap } plazas del enlace de acceso «{ $link }» están ocupadas. Aumente el límite de inscripciones si espera a más personas.
link-waiting-title = Hay personas esperando acceso con «{ $link }»
link-waiting-reason =
    { $waiting ->
        [one] Una persona registrada con el enlace de acceso «{ $link }» espera que le dé acceso.
       *[other] { $waiting } personas registradas con el enlace de acceso «{ $link }» esperan que les dé acceso.
    }
# { $overflow } dice qué pasa con quienes llegan después: con refuse no pueden registrarse, con waiting_list esperan. Solo se traducen los textos.
link-full-title = «{ $link }» está completo
link-full-reason =
    { $cap ->
        [one] La única plaza del enlace de acceso «{ $link }» está ocupada.
       *[other] Las { $cap } plazas del enlace de acceso «{ $link }» están ocupadas.
    } { $overflow ->
        [waiting_list] Quien se registre ahora pasa a la lista de espera. Aumente el límite de inscripciones para admitir a más personas.
       *[refuse] Aumente el límite de inscripciones para admitir a más personas.
    }
link-expiring-week-title = «{ $link }» caduca dentro de 7 días
link-expiring-week-reason =
    El enlace de acceso «{ $link }» caduca el { $date }. { $overflow ->
        [waiting_list] Quien se registre después pasará a la lista de espera.
       *[refuse] Después nadie podrá registrarse con él.
    } Si aún lo necesita, cambie su fecha de caducidad.
link-expiring-day-title = «{ $link }» caduca dentro de 1 día
link-expiring-day-reason =
    El enlace de acceso «{ $link }» caduca el { $date }. { $overflow ->
        [waiting_list] Quien se registre después pasará a la lista de espera.
       *[refuse] Después nadie podrá registrarse con él.
    } Si aún lo necesita, cambie su fecha de caducidad.

## Avisos a quienes administran, sobre uno de sus webhooks; { $host } es el servidor del receptor

webhook-action = Ver los webhooks
webhook-failing-title = { $host } ya no recibe eventos
webhook-failing-reason = Hemos desactivado el webhook a { $host } porque el receptor no ha aceptado ningún evento desde el { $date }. Arregle el receptor, reactive el webhook y reenvíe las entregas fallidas. Los eventos que ocurran mientras el webhook está desactivado no se le enviarán nunca.
webhook-gone-title = { $host } ya no recibe eventos
webhook-gone-reason = Hemos desactivado el webhook a { $host } porque el receptor respondió que su dirección ya no existe (410). No ha aceptado ningún evento desde el { $date }. Si el receptor tiene otra dirección, cambie la URL y reactive el webhook. Si no, elimine el webhook. Los eventos que ocurran mientras está desactivado no se le enviarán nunca.

## Carteles

poster-scan = Escanee este código con la cámara de su teléfono
poster-address = O abra esta dirección:
poster-headline = Formación: escanee y regístrese
poster-headline-of = { $training }: escanee y regístrese
poster-trainings = Formación
poster-until = Abierto hasta el { $date }
poster-sites =
    { $count ->
        [one] Centro
       *[other] Centros
    }

## Vista previa de los enlaces en los mensajes

preview-title = Registro en { $organization }
preview-description = Regístrese con su nombre y su correo electrónico para acceder a su formación.
preview-open = Abrir la página
