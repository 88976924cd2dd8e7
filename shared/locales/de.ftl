# Die Texte der E-Mails und gedruckten Seiten auf Deutsch, in der Anrede mit „Sie“. Wie so eine Datei geschrieben wird:
# https://projectfluent.org/fluent/guide/ – und was zu beachten ist, steht am Anfang von en.ftl.

## Jede E-Mail

button-fails = Wenn die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:
code-type = Oder geben Sie diesen Code auf der Seite ein, auf der Sie diese E-Mail angefordert haben:
code-only-there = Geben Sie ihn nur auf { $host } ein. Niemand von { $organization } fragt Sie danach, weder am Telefon noch in einer Nachricht.
link-life = Der Link funktioniert einmal und gilt { $life }.
ask-again = Danach können Sie hier einen neuen anfordern:
questions = Haben Sie Fragen?

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
registration-reason = Diese Adresse wurde für Schulungen bei { $organization } registriert. Bestätigen Sie sie, indem Sie sich anmelden.
registration-action = Bestätigen und anmelden
registration-otherwise = Wenn Sie das nicht waren, brauchen Sie nichts zu tun. Ohne Ihre Anmeldung erhält niemand Zugang.

## Jemand hat einen Anmeldelink angefordert

login-title = Ihr Anmeldelink für { $organization }
login-reason = Hier ist der Anmeldelink für Ihre Schulungen bei { $organization }, den Sie angefordert haben.
login-action = Anmelden
login-otherwise = Wenn Sie ihn nicht angefordert haben, brauchen Sie nichts zu tun. Ohne diese E-Mail kann sich niemand anmelden.

## Zugang wurde gewährt

grant-title = Sie haben Zugang zu Schulungen bei { $organization }
grant-reason = { $organization } hat Ihnen Zugang zu Schulungen gegeben.
grant-action = Anmelden
grant-otherwise = Wenn Sie { $organization } nicht kennen, brauchen Sie nichts zu tun.

## Ein Platz ist frei geworden

admitted-title = Ein Platz bei { $organization } gehört Ihnen
admitted-reason = Bei { $organization } ist ein Platz frei geworden, und Sie sind als Nächste oder Nächster auf der Warteliste. Melden Sie sich an, um ihn zu übernehmen, bevor er weitergegeben wird.
admitted-action = Platz übernehmen
admitted-otherwise = Wenn Sie bei { $organization } keinen Platz wollten, brauchen Sie nichts zu tun: Der Platz geht dann an jemand anderen.

## Die Organisation wurde eingerichtet

first-admin-title = Richten Sie Zugangslinks für { $organization } ein
first-admin-reason = { $organization } wurde eingerichtet, und Sie verwalten als Erste oder Erster die Zugänge. Melden Sie sich an, um Zugangslinks zu erstellen und Personen Zugang zu geben.
first-admin-action = Zur Verwaltung anmelden
first-admin-otherwise = Wenn Sie das nicht erwartet haben, brauchen Sie nichts zu tun. Sagen Sie bitte denen Bescheid, die das System betreiben.

## Jemand aus der Verwaltung hat dieser Person die Verwaltung übertragen

admin-title = Sie verwalten Zugangslinks für { $organization }
admin-reason = { $organization } hat Ihnen die Verwaltung der Zugänge übertragen. Melden Sie sich an, um Zugangslinks zu erstellen und Personen Zugang zu geben.
admin-action = Zur Verwaltung anmelden
admin-otherwise = Wenn Sie { $organization } nicht kennen, brauchen Sie nichts zu tun.

## Jemand hat sich mit dieser Adresse registriert, und sie kann nicht verwendet werden

turned-away-title = Mit dieser Adresse ist keine Anmeldung bei { $organization } möglich
turned-away-reason = Mit dieser Adresse wurde eine Registrierung für Schulungen bei { $organization } versucht, sie kann dafür aber nicht verwendet werden. Wenn Sie das für einen Irrtum halten, fragen Sie Ihre Ansprechperson bei { $organization }.
turned-away-otherwise = Wenn Sie sich nicht registriert haben, ignorieren Sie diese E-Mail.

## Jemand hat sich mit dieser Adresse noch einmal registriert, und es ist noch nicht entschieden

not-yet-title = { $organization } hat Ihre Registrierung noch nicht freigegeben
not-yet-reason = Sie haben sich bereits für Schulungen bei { $organization } registriert. Dort muss Ihre Registrierung erst freigegeben werden. Sobald das geschehen ist, erhalten Sie eine E-Mail mit einer Schaltfläche zum Anmelden.
not-yet-otherwise = Wenn Sie sich nicht registriert haben, ignorieren Sie diese E-Mail.

## Eine Registrierung wurde abgelehnt, und das soll mitgeteilt werden; was dazu selbst geschrieben wurde, steht als Zitat danach

refused-title = Ihre Registrierung bei { $organization } wurde nicht freigegeben
refused-reason = Sie haben sich für Schulungen bei { $organization } registriert. Ihre Registrierung wurde nicht freigegeben. Wenn Sie das für einen Irrtum halten, wenden Sie sich an Ihre Kontaktperson bei { $organization }.
refused-quotation = Nachricht von { $organization }:
refused-otherwise = Wenn Sie sich nicht registriert haben, ignorieren Sie diese E-Mail.

## Hinweise an die Verwaltung zu einem ihrer Zugangslinks

alert-action = Link verwalten
alert-otherwise = Sie erhalten diese E-Mail, weil Sie bei { $organization } die Zugänge verwalten.
link-filling-title = „{ $link }“ ist zu 80 % belegt
link-filling-reason = Mindestens 80 % der { $cap } Plätze des Zugangslinks „{ $link }“ sind belegt. Erhöhen Sie die Zahl der Plätze, wenn noch mehr Personen kommen sollen.
link-waiting-title = Bei „{ $link }“ warten Personen auf Sie
link-waiting-reason =
    { $waiting ->
        [one] Eine Person, die sich über den Zugangslink „{ $link }“ angemeldet hat, wartet auf Ihre Entscheidung.
       *[other] { $waiting } Personen, die sich über den Zugangslink „{ $link }“ angemeldet haben, warten auf Ihre Entscheidung.
    }
link-full-title = „{ $link }“ ist voll
link-full-reason =
    { $cap ->
        [one] Der einzige Platz des Zugangslinks „{ $link }“ ist belegt. Erhöhen Sie die Zahl der Plätze, um mehr Personen einzulassen.
       *[other] Alle { $cap } Plätze des Zugangslinks „{ $link }“ sind belegt. Erhöhen Sie die Zahl der Plätze, um mehr Personen einzulassen.
    }
link-expiring-week-title = „{ $link }“ läuft in 7 Tagen ab
link-expiring-week-reason = Der Zugangslink „{ $link }“ läuft am { $date } ab. Danach kann sich niemand mehr darüber registrieren. Verlängern Sie ihn, wenn er noch gebraucht wird.
link-expiring-day-title = „{ $link }“ läuft in einem Tag ab
link-expiring-day-reason = Der Zugangslink „{ $link }“ läuft am { $date } ab. Danach kann sich niemand mehr darüber registrieren. Verlängern Sie ihn, wenn er noch gebraucht wird.

## Hinweise an die Verwaltung zu einem ihrer Webhooks; { $host } ist der Rechner des Empfängers

webhook-action = Webhooks ansehen
webhook-failing-title = { $host } erhält keine Ereignisse mehr
webhook-failing-reason = Der Webhook zu { $host } wurde deaktiviert: Der Empfänger hat seit dem { $date } nichts mehr angenommen. Bringen Sie den Empfänger in Ordnung, aktivieren Sie den Webhook und senden Sie erneut, was nicht zugestellt werden konnte. Was bis dahin geschieht, wird ihm nicht gesendet.
webhook-gone-title = { $host } erhält keine Ereignisse mehr
webhook-gone-reason = Der Webhook zu { $host } wurde deaktiviert: Der Empfänger hat geantwortet, dass es seine Adresse nicht mehr gibt (410). Er hat seit dem { $date } nichts mehr angenommen. Ist er umgezogen, ändern Sie die URL und aktivieren Sie den Webhook; sonst löschen Sie ihn. Was bis dahin geschieht, wird ihm nicht gesendet.

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

preview-title = { $organization } beitreten
preview-description = Registrieren Sie sich mit Ihrem Namen und Ihrer E-Mail-Adresse, um zu Ihrer Schulung zu kommen.
preview-open = Seite öffnen
