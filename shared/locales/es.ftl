# Los textos de los correos y de las páginas impresas en español, con trato de usted. Cómo se escribe un archivo así:
# https://projectfluent.org/fluent/guide/ ; lo que hay que tener en cuenta está al principio de en.ftl.

## Todos los correos

button-fails = Si el botón no funciona, copie esta dirección en su navegador:
code-type = O escriba este código en la página en la que pidió este correo:
code-only-there = Escríbalo solo en { $host }. Nadie de { $organization } se lo pedirá, ni por teléfono ni por mensaje.
link-life = El enlace funciona una sola vez y es válido durante { $life }.
ask-again = Después puede solicitar uno nuevo aquí:
questions = ¿Tiene alguna pregunta?

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

registration-title = Confirme su inscripción en { $organization }
registration-reason = Esta dirección se ha inscrito en la formación de { $organization }. Confírmela iniciando sesión.
registration-action = Confirmar e iniciar sesión
registration-otherwise = Si no ha sido usted, no tiene que hacer nada. Si usted no inicia sesión, nadie obtendrá acceso.

## Alguien ha solicitado un enlace para iniciar sesión

login-title = Su enlace para iniciar sesión en { $organization }
login-reason = Este es el enlace que ha solicitado para iniciar sesión en la formación de { $organization }.
login-action = Iniciar sesión
login-otherwise = Si no lo ha solicitado, no tiene que hacer nada. Sin este correo nadie puede entrar.

## Se ha concedido el acceso

grant-title = Ya tiene acceso a la formación de { $organization }
grant-reason = { $organization } le ha dado acceso a su formación.
grant-action = Iniciar sesión
grant-otherwise = Si no conoce { $organization }, no tiene que hacer nada.

## Ha quedado libre una plaza

admitted-title = Tiene una plaza en { $organization }
admitted-reason = Ha quedado libre una plaza en { $organization } y es su turno en la lista de espera. Inicie sesión para ocuparla antes de que pase a otra persona.
admitted-action = Ocupar la plaza
admitted-otherwise = Si no pidió una plaza en { $organization }, no tiene que hacer nada: se dará a otra persona.

## Se ha creado la organización

first-admin-title = Configure los enlaces de acceso de { $organization }
first-admin-reason = Se ha creado { $organization } y usted es la primera persona que la administra. Inicie sesión para crear enlaces de acceso y dar acceso a otras personas.
first-admin-action = Iniciar sesión para administrar
first-admin-otherwise = Si no lo esperaba, no tiene que hacer nada. Avise, por favor, a quien gestiona el sistema.

## Quien administra ha nombrado administradora a esta persona

admin-title = Usted administra los enlaces de acceso de { $organization }
admin-reason = { $organization } le ha nombrado para administrar sus accesos. Inicie sesión para crear enlaces de acceso y dar acceso a otras personas.
admin-action = Iniciar sesión para administrar
admin-otherwise = Si no conoce { $organization }, no tiene que hacer nada.

## Alguien se ha inscrito con esta dirección, y con ella no se puede entrar

turned-away-title = Con esta dirección no puede entrar en { $organization }
turned-away-reason = Esta dirección se ha usado para una inscripción en la formación de { $organization }, pero con ella no se puede entrar. Si cree que es un error, pregunte a su contacto en { $organization }.
turned-away-otherwise = Si no ha sido usted, ignore este correo.

## Alguien se ha inscrito otra vez con esta dirección, y todavía no está decidido

not-yet-title = { $organization } todavía no ha aprobado su inscripción
not-yet-reason = Ya se ha inscrito en la formación de { $organization }. Allí tienen que aprobar primero su inscripción. En cuanto lo hagan, recibirá un correo con un botón para iniciar sesión.
not-yet-otherwise = Si no ha sido usted, ignore este correo.

## Se ha rechazado una inscripción y se quiere comunicar; lo que se haya escrito se cita después

refused-title = Su inscripción en { $organization } no ha sido aprobada
refused-reason = Se inscribió en la formación de { $organization }. Su inscripción no ha sido aprobada. Si cree que es un error, pregunte a su contacto en { $organization }.
refused-quotation = Mensaje de { $organization }:
refused-otherwise = Si no ha sido usted, ignore este correo.

## Avisos a quienes administran, sobre uno de sus enlaces de acceso

alert-action = Gestionar el enlace
alert-otherwise = Recibe este correo porque administra { $organization }.
link-filling-title = «{ $link }» tiene ocupado el 80 % de las plazas
link-filling-reason = Al menos el 80 % de las { $cap } plazas del enlace de acceso «{ $link }» están ocupadas. Aumente el cupo si van a inscribirse más personas.
link-waiting-title = Hay personas en espera en «{ $link }»
link-waiting-reason =
    { $waiting ->
        [one] Una persona inscrita con el enlace de acceso «{ $link }» espera su decisión.
       *[other] { $waiting } personas inscritas con el enlace de acceso «{ $link }» esperan su decisión.
    }
link-full-title = «{ $link }» está completo
link-full-reason =
    { $cap ->
        [one] La única plaza del enlace de acceso «{ $link }» está ocupada. Aumente el cupo para admitir a más personas.
       *[other] Las { $cap } plazas del enlace de acceso «{ $link }» están ocupadas. Aumente el cupo para admitir a más personas.
    }
link-expiring-week-title = «{ $link }» caduca en 7 días
link-expiring-week-reason = El enlace de acceso «{ $link }» caduca el { $date }. Después nadie podrá inscribirse con él. Prorróguelo si aún se necesita.
link-expiring-day-title = «{ $link }» caduca en un día
link-expiring-day-reason = El enlace de acceso «{ $link }» caduca el { $date }. Después nadie podrá inscribirse con él. Prorróguelo si aún se necesita.

## Avisos a quienes administran, sobre uno de sus webhooks; { $host } es el servidor del receptor

webhook-action = Ver los webhooks
webhook-failing-title = { $host } ya no recibe eventos
webhook-failing-reason = El webhook a { $host } se ha desactivado: el receptor no acepta nada desde el { $date }. Repare el receptor, active el webhook y vuelva a enviar lo que no se pudo entregar. Lo que ocurra hasta entonces no se le enviará.
webhook-gone-title = { $host } ya no recibe eventos
webhook-gone-reason = El webhook a { $host } se ha desactivado: el receptor respondió que su dirección ya no existe (410). No acepta nada desde el { $date }. Si se ha trasladado, cambie la URL y active el webhook; si no, elimínelo. Lo que ocurra hasta entonces no se le enviará.

## Carteles

poster-scan = Escanee este código con la cámara de su teléfono
poster-address = O abra esta dirección:
poster-headline = Formación: escanee y únase
poster-headline-of = { $training }: escanee y únase
poster-trainings = Formación
poster-until = Abierto hasta el { $date }
poster-sites =
    { $count ->
        [one] Centro
       *[other] Centros
    }

## Vista previa de los enlaces en los mensajes

preview-title = Unirse a { $organization }
preview-description = Regístrese con su nombre y su correo electrónico para acceder a su formación.
preview-open = Abrir la página
