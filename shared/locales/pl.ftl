# Teksty wiadomości i drukowanych stron po polsku. Jak pisze się taki plik: https://projectfluent.org/fluent/guide/
# – a na co zwrócić uwagę, opisano na początku en.ftl.

## Każda wiadomość

button-fails = Jeśli przycisk nie działa, skopiuj ten adres do przeglądarki:
code-type = Możesz też wpisać ten kod na stronie, na której podano adres e-mail:
code-only-there = Wpisuj go tylko na stronie { $host }. Nikt z organizacji { $organization } nie poprosi Cię o niego przez telefon ani w wiadomości.
link-life = Link działa tylko raz i jest ważny przez { $life }.
ask-again = Potem możesz tutaj poprosić o nowy:
questions = Masz pytania?

# Po „przez”, czyli w bierniku.
life-minutes =
    { $count ->
        [one] 1 minutę
        [few] { $count } minuty
        [many] { $count } minut
       *[other] { $count } minuty
    }
life-hours =
    { $count ->
        [one] 1 godzinę
        [few] { $count } godziny
        [many] { $count } godzin
       *[other] { $count } godziny
    }

date-time = { $day } { month } { $year } o godz. { $time } ({ $zone })
month =
    { $month ->
        [1] stycznia
        [2] lutego
        [3] marca
        [4] kwietnia
        [5] maja
        [6] czerwca
        [7] lipca
        [8] sierpnia
        [9] września
        [10] października
        [11] listopada
       *[12] grudnia
    }

## Ktoś zarejestrował się z tym adresem

registration-title = Potwierdź swoją rejestrację w organizacji { $organization }
registration-reason = Ten adres zarejestrowano na szkolenia w organizacji { $organization }. Zaloguj się, aby potwierdzić rejestrację.
registration-action = Potwierdź i zaloguj się
registration-otherwise = Jeśli to nie Ty, zignoruj ten e-mail.

## Ktoś poprosił o link do logowania

login-title = Logowanie: { $organization }
login-reason = Oto Twój link do logowania w organizacji { $organization }.
login-action = Zaloguj się
login-otherwise = Jeśli to nie była Twoja prośba, zignoruj ten e-mail.

## Przyznano dostęp

grant-title = Masz już dostęp do szkoleń w organizacji { $organization }
grant-reason = Organizacja { $organization } przyznała Ci dostęp do swoich szkoleń. Zaloguj się, aby zacząć.
grant-action = Zaloguj się
grant-otherwise = Jeśli nie znasz organizacji { $organization }, zignoruj ten e-mail.

## Zwolniło się miejsce

admitted-title = Jest dla Ciebie miejsce w organizacji { $organization }
admitted-reason = W organizacji { $organization } zwolniło się miejsce i teraz Twoja kolej na liście oczekujących. Zaloguj się, aby je zająć, zanim przejdzie na kolejną osobę.
admitted-action = Zajmij miejsce
admitted-otherwise = Jeśli to nie Twoja rejestracja w organizacji { $organization }, zignoruj ten e-mail. Miejsce otrzyma ktoś inny.

## Utworzono organizację

first-admin-title = Skonfiguruj linki dostępu organizacji { $organization }
first-admin-reason = Organizacja { $organization } została utworzona, a Ty jesteś jej pierwszym administratorem. Zaloguj się, aby tworzyć linki dostępu i przyznawać dostęp.
first-admin-action = Zaloguj się jako administrator
first-admin-otherwise = Jeśli nie spodziewasz się tej wiadomości, zignoruj ją i powiadom osoby, które zarządzają tym systemem.

## Osoba zarządzająca dała tej osobie prawo zarządzania

admin-title = Jesteś teraz administratorem organizacji { $organization }
admin-reason = Organizacja { $organization } nadała Ci uprawnienia administratora. Zaloguj się, aby tworzyć linki dostępu i przyznawać dostęp.
admin-action = Zaloguj się jako administrator
admin-otherwise = Jeśli nie znasz organizacji { $organization }, zignoruj ten e-mail.

## Ktoś zarejestrował się z tym adresem, a nie można go użyć

turned-away-title = Z tym adresem nie można się zarejestrować w organizacji { $organization }
turned-away-reason = Ten adres podano przy rejestracji na szkolenia w organizacji { $organization }, ale nie można się z nim zarejestrować. Jeśli to pomyłka, zapytaj osobę kontaktową w organizacji { $organization }.
turned-away-otherwise = Jeśli to nie Twoja rejestracja, zignoruj ten e-mail.

## Ktoś zarejestrował się z tym adresem ponownie, a dostępu jeszcze nie ma

not-yet-title = Nie masz jeszcze dostępu do organizacji { $organization }
not-yet-reason = Ten adres jest już zarejestrowany na szkolenia w organizacji { $organization }, ale nie masz jeszcze dostępu. Gdy go otrzymasz, wyślemy Ci e-mailem link do logowania.
not-yet-otherwise = Jeśli to nie Twoja rejestracja, zignoruj ten e-mail.

## Rejestracja została odrzucona i ma zostać o tym wysłana wiadomość; to, co napisał administrator, jest cytowane dalej

refused-title = Twoja rejestracja w organizacji { $organization } nie została zatwierdzona
refused-reason = Ten adres zarejestrowano na szkolenia w organizacji { $organization }. Rejestracja nie została zatwierdzona. Jeśli to pomyłka, zapytaj osobę kontaktową w organizacji { $organization }.
refused-quotation = Wiadomość od organizacji { $organization }:
refused-otherwise = Jeśli to nie Twoja rejestracja, zignoruj ten e-mail.

## Powiadomienia dla administratorów o jednym z ich linków dostępu

alert-action = Zarządzaj linkiem
alert-otherwise = Otrzymujesz ten e-mail jako administrator organizacji { $organization }.
link-filling-title = „{ $link }”: zajęto 80% miejsc
link-filling-reason = Zajęto co najmniej 80% z { $cap } miejsc linku dostępu „{ $link }”. Zwiększ limit zapisów, jeśli oczekujesz więcej osób.
link-waiting-title = „{ $link }”: osoby czekają na dostęp
link-waiting-reason =
    { $waiting ->
        [one] Jedna osoba zarejestrowana przez link dostępu „{ $link }” czeka na przyznanie dostępu.
        [few] { $waiting } osoby zarejestrowane przez link dostępu „{ $link }” czekają na przyznanie dostępu.
       *[many] { $waiting } osób zarejestrowanych przez link dostępu „{ $link }” czeka na przyznanie dostępu.
    }
# { $overflow } mówi, co się dzieje z osobami, które przychodzą później: przy refuse nie mogą się zarejestrować, przy waiting_list czekają. Tłumaczy się tylko teksty.
link-full-title = „{ $link }”: wszystkie miejsca są zajęte
link-full-reason =
    { $cap ->
        [one] Jedyne miejsce linku dostępu „{ $link }” jest zajęte.
       *[other] Wszystkie miejsca linku dostępu „{ $link }” ({ $cap }) są zajęte.
    } { $overflow ->
        [waiting_list] Nowe osoby trafiają na listę oczekujących. Zwiększ limit zapisów, aby przyjąć więcej osób.
       *[refuse] Zwiększ limit zapisów, aby przyjąć więcej osób.
    }
link-expiring-week-title = „{ $link }” wygasa za 7 dni
link-expiring-week-reason =
    Link dostępu „{ $link }” wygasa { $date }. { $overflow ->
        [waiting_list] Potem nowe osoby będą trafiać na listę oczekujących.
       *[refuse] Potem nikt nie będzie mógł się przez niego zarejestrować.
    } Jeśli jest nadal potrzebny, zmień datę wygaśnięcia.
link-expiring-day-title = „{ $link }” wygasa za 1 dzień
link-expiring-day-reason =
    Link dostępu „{ $link }” wygasa { $date }. { $overflow ->
        [waiting_list] Potem nowe osoby będą trafiać na listę oczekujących.
       *[refuse] Potem nikt nie będzie mógł się przez niego zarejestrować.
    } Jeśli jest nadal potrzebny, zmień datę wygaśnięcia.

## Powiadomienia dla administratorów o jednym z ich webhooków; { $host } to serwer odbiorcy

webhook-action = Zobacz webhooki
webhook-failing-title = { $host } nie otrzymuje już zdarzeń
webhook-failing-reason = Webhook do { $host } został dezaktywowany, ponieważ odbiorca nie przyjmuje zdarzeń od { $date }. Napraw odbiorcę, aktywuj webhook i ponów nieudane dostawy. Zdarzenia z czasu, gdy webhook jest nieaktywny, nie zostaną do niego wysłane.
webhook-gone-title = { $host } nie otrzymuje już zdarzeń
webhook-gone-reason = Webhook do { $host } został dezaktywowany, ponieważ odbiorca odpowiedział, że jego adres już nie istnieje (410). Nie przyjmuje zdarzeń od { $date }. Jeśli został przeniesiony, zmień adres URL i aktywuj webhook. Jeśli nie, usuń webhook. Zdarzenia z czasu, gdy jest nieaktywny, nie zostaną do niego wysłane.

## Plakaty

poster-scan = Zeskanuj ten kod aparatem telefonu
poster-address = Lub otwórz ten adres:
poster-headline = Szkolenie – zeskanuj i dołącz
poster-headline-of = { $training } – zeskanuj i dołącz
poster-trainings = Szkolenia
poster-until = Otwarte do { $date }
poster-sites =
    { $count ->
        [one] Lokalizacja
       *[other] Lokalizacje
    }

## Podgląd linków w komunikatorach

preview-title = Rejestracja: { $organization }
preview-description = Zarejestruj się, podając imię i nazwisko oraz adres e-mail, aby przejść do szkolenia.
preview-open = Otwórz stronę
