# Die Texte der E-Mails und gedruckten Seiten auf Deutsch, in der Anrede mit „Sie“. Wie so eine Datei geschrieben wird:
# https://projectfluent.org/fluent/guide/ – und was zu beachten ist, steht am Anfang von en.ftl.

## Jede E-Mail

button-fails = Wenn die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:
code-type = Oder geben Sie diesen Code auf der Seite ein, auf der Sie Ihre E-Mail-Adresse eingegeben haben:
code-only-there = Geben Sie den Code nur auf { $host } ein. Niemand von { $organization } fragt Sie am Telefon oder in einer Nachricht danach.
link-life = Der Link funktioniert nur einmal und ist { $life } gültig.
ask-again = Danach können Sie hier einen neuen anfordern:
questions = Fragen?

life-minutes =
    { $count ->
        [one] 1 Minute
       *[other] { $count } Minuten
    }
life-hours =
    { $count ->
        [one] 1 Stunde
       *[other] { $count } Stunden
    }

date-time = { $day }. { month } { $year } um { $time } Uhr ({ $zone })
month =
    { $month ->
        [1] Januar
        [2] Februar
        [3] März
        [4] April
        [5] Mai
        [6] Juni
        [7] Juli
        [8] August
        [9] September
        [10] Oktober
        [11] November
       *[12] Dezember
    }

## Jemand hat sich mit dieser Adresse registriert

registration-title = Bestätigen Sie Ihre Registrierung bei { $organization }
registration-reason = Diese Adresse wurde für Schulungen bei { $organization } registriert. Melden Sie sich an, um Ihre Registrierung zu bestätigen.
registration-action = Bestätigen und anmelden
registration-otherwise = Wenn Sie das nicht waren, ignorieren Sie diese E-Mail.

## Jemand hat einen Anmeldelink angefordert

login-title = Anmelden bei { $organization }
login-reason = Hier ist Ihr Anmeldelink für { $organization }.
login-action = Anmelden
login-otherwise = Wenn Sie ihn nicht angefordert haben, ignorieren Sie diese E-Mail.

## Zugang wurde gewährt

grant-title = Sie haben jetzt Zugang zu Schulungen bei { $organization }
grant-reason = { $organization } hat Ihnen Zugang zu Schulungen gewährt. Melden Sie sich an, um zu beginnen.
grant-action = Anmelden
grant-otherwise = Wenn Sie { $organization } nicht kennen, ignorieren Sie diese E-Mail.

## Ein Platz ist frei geworden

admitted-title = Bei { $organization } ist ein Platz für Sie frei
admitted-reason = Bei { $organization } ist ein Platz frei, und Sie sind als Nächstes an der Reihe. Melden Sie sich an, um den Platz anzunehmen, bevor er an die nächste Person geht.
admitted-action = Platz annehmen
admitted-otherwise = Wenn Sie sich nicht bei { $organization } registriert haben, ignorieren Sie diese E-Mail. Der Platz geht dann an jemand anderen.

## Die Organisation wurde eingerichtet

first-admin-title = Richten Sie Zugangslinks für { $organization } ein
first-admin-reason = { $organization } wurde eingerichtet, und Sie sind der erste Admin. Melden Sie sich an, um Zugangslinks zu erstellen und Personen Zugang zu gewähren.
first-admin-action = Als Admin anmelden
first-admin-otherwise = Wenn Sie das nicht erwartet haben, ignorieren Sie diese E-Mail und informieren Sie die Betreiber dieses Systems.

## Jemand aus der Verwaltung hat dieser Person die Verwaltung übertragen

admin-title = Sie sind jetzt Admin von { $organization }
admin-reason = { $organization } hat Sie zum Admin gemacht. Melden Sie sich an, um Zugangslinks zu erstellen und Personen Zugang zu gewähren.
admin-action = Als Admin anmelden
admin-otherwise = Wenn Sie { $organization } nicht kennen, ignorieren Sie diese E-Mail.

## Jemand hat sich mit dieser Adresse registriert, und sie kann nicht verwendet werden

turned-away-title = Mit dieser Adresse können Sie bei { $organization } nicht teilnehmen
turned-away-reason = Diese Adresse wurde zur Registrierung für Schulungen bei { $organization } angegeben, kann dafür aber nicht verwendet werden. Wenn Sie das für einen Irrtum halten, fragen Sie Ihre Kontaktperson bei { $organization }.
turned-away-otherwise = Wenn Sie sich nicht registriert haben, ignorieren Sie diese E-Mail.

## Jemand hat sich mit dieser Adresse noch einmal registriert, und hat noch keinen Zugang

not-yet-title = Sie haben noch keinen Zugang zu { $organization }
not-yet-reason = Sie haben sich bereits für Schulungen bei { $organization } registriert, haben aber noch keinen Zugang. Sobald Sie Zugang haben, erhalten Sie einen Anmeldelink per E-Mail.
not-yet-otherwise = Wenn Sie sich nicht registriert haben, ignorieren Sie diese E-Mail.

## Eine Registrierung wurde abgelehnt, und das soll mitgeteilt werden; was dazu selbst geschrieben wurde, steht als Zitat danach

refused-title = Ihre Registrierung bei { $organization } wurde nicht freigegeben
refused-reason = Sie haben sich für Schulungen bei { $organization } registriert. Ihre Registrierung wurde nicht freigegeben. Wenn Sie das für einen Irrtum halten, fragen Sie Ihre Kontaktperson bei { $organization }.
refused-quotation = Nachricht von { $organization }:
refused-otherwise = Wenn Sie sich nicht registriert haben, ignorieren Sie diese E-Mail.

## Hinweise an die Verwaltung zu einem ihrer Zugangslinks

alert-action = Link verwalten
alert-otherwise = Sie erhalten diese E-Mail, weil Sie Admin von { $organization } sind.
link-filling-title = „{ $link }“ ist zu 80 % belegt
link-filling-reason = Mindestens 80 % der { $cap } Plätze des Zugangslinks „{ $link }“ sind belegt. Erhöhen Sie das Teilnehmerlimit, wenn Sie noch mehr Personen erwarten.
link-waiting-title = Bei „{ $link }“ warten Personen auf Zugang
link-waiting-reason =
    { $waiting ->
        [one] Eine Person, die sich mit dem Zugangslink „{ $link }“ registriert hat, wartet darauf, dass Sie ihr Zugang gewähren.
       *[other] { $waiting } Personen, die sich mit dem Zugangslink „{ $link }“ registriert haben, warten darauf, dass Sie ihnen Zugang gewähren.
    }
# { $overflow } sagt, was mit Personen geschieht, die später kommen: Bei refuse können sie sich nicht registrieren, bei waiting_list warten sie. Übersetzt werden nur die Texte.
link-full-title = „{ $link }“ ist voll
link-full-reason =
    { $cap ->
        [one] Der einzige Platz des Zugangslinks „{ $link }“ ist belegt.
       *[other] Alle { $cap } Plätze des Zugangslinks „{ $link }“ sind belegt.
    } { $overflow ->
        [waiting_list] Wer sich jetzt registriert, kommt auf die Warteliste. Erhöhen Sie das Teilnehmerlimit, wenn noch mehr Personen teilnehmen sollen.
       *[refuse] Erhöhen Sie das Teilnehmerlimit, wenn noch mehr Personen teilnehmen sollen.
    }
link-expiring-week-title = „{ $link }“ läuft in 7 Tagen ab
link-expiring-week-reason =
    Der Zugangslink „{ $link }“ läuft am { $date } ab. { $overflow ->
        [waiting_list] Wer sich danach registriert, kommt auf die Warteliste.
       *[refuse] Danach kann sich niemand mehr damit registrieren.
    } Wenn Sie ihn noch brauchen, ändern Sie das Ablaufdatum.
link-expiring-day-title = „{ $link }“ läuft in 1 Tag ab
link-expiring-day-reason =
    Der Zugangslink „{ $link }“ läuft am { $date } ab. { $overflow ->
        [waiting_list] Wer sich danach registriert, kommt auf die Warteliste.
       *[refuse] Danach kann sich niemand mehr damit registrieren.
    } Wenn Sie ihn noch brauchen, ändern Sie das Ablaufdatum.

## Hinweise an die Verwaltung zu einem ihrer Webhooks; { $host } ist der Rechner des Empfängers

webhook-action = Webhooks ansehen
webhook-failing-title = { $host } erhält keine Ereignisse mehr
webhook-failing-reason = Wir haben den Webhook zu { $host } deaktiviert, weil der Empfänger seit dem { $date } keine Ereignisse mehr angenommen hat. Reparieren Sie den Empfänger, aktivieren Sie den Webhook wieder und senden Sie die fehlgeschlagenen Zustellungen erneut. Ereignisse, die bei inaktivem Webhook eintreten, werden nie an ihn gesendet.
webhook-gone-title = { $host } erhält keine Ereignisse mehr
webhook-gone-reason = Wir haben den Webhook zu { $host } deaktiviert, weil der Empfänger gemeldet hat, dass es seine Adresse nicht mehr gibt (410). Er hat seit dem { $date } keine Ereignisse mehr angenommen. Wenn der Empfänger umgezogen ist, ändern Sie die URL und aktivieren Sie den Webhook wieder. Wenn nicht, löschen Sie den Webhook. Ereignisse, die bei inaktivem Webhook eintreten, werden nie an ihn gesendet.

## Aushänge

poster-scan = Scannen Sie diesen Code mit der Kamera Ihres Telefons
poster-address = Oder öffnen Sie diese Adresse:
poster-headline = Schulung – scannen und teilnehmen
poster-headline-of = { $training } – scannen und teilnehmen
poster-trainings = Schulungen
poster-until = Offen bis { $date }
poster-sites =
    { $count ->
        [one] Standort
       *[other] Standorte
    }

## Vorschau von Links in Nachrichten

preview-title = Schulung bei { $organization }
preview-description = Registrieren Sie sich mit Ihrem Namen und Ihrer E-Mail-Adresse, um zu Ihrer Schulung zu kommen.
preview-open = Seite öffnen
