# Teksty wiadomości i drukowanych stron po polsku. Jak pisze się taki plik: https://projectfluent.org/fluent/guide/
# – a na co zwrócić uwagę, opisano na początku en.ftl.

## Każda wiadomość

button-fails = Jeśli przycisk nie działa, skopiuj ten adres do przeglądarki:
code-type = Możesz też wpisać ten kod na stronie, z której zamówiono tę wiadomość:
code-only-there = Wpisuj go tylko na stronie { $host }. Nikt z organizacji { $organization } nie zapyta o niego ani przez telefon, ani w wiadomości.
link-life = Link działa jeden raz i jest ważny przez { $life }.
ask-again = Później możesz poprosić tutaj o nowy:
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
registration-reason = Ten adres został zarejestrowany na szkolenia w organizacji { $organization }. Potwierdź go, logując się.
registration-action = Potwierdź i zaloguj się
registration-otherwise = Jeśli to nie Ty, nie musisz nic robić. Jeśli się nie zalogujesz, nikt nie uzyska dostępu.

## Ktoś poprosił o link do logowania

login-title = Twój link do logowania w organizacji { $organization }
login-reason = Oto link do logowania, dzięki któremu przejdziesz do szkoleń w organizacji { $organization }.
login-action = Zaloguj się
login-otherwise = Jeśli to nie Ty poprosiłeś lub poprosiłaś o ten link, nie musisz nic robić. Bez tej wiadomości nikt się nie zaloguje.

## Przyznano dostęp

grant-title = Masz dostęp do szkoleń w organizacji { $organization }
grant-reason = Organizacja { $organization } przyznała Ci dostęp do swoich szkoleń.
grant-action = Zaloguj się
grant-otherwise = Jeśli nie znasz organizacji { $organization }, nie musisz nic robić.

## Zwolniło się miejsce

admitted-title = Masz miejsce w organizacji { $organization }
admitted-reason = W organizacji { $organization } zwolniło się miejsce i teraz Twoja kolej na liście oczekujących. Zaloguj się, aby je zająć, zanim przejdzie na kolejną osobę.
admitted-action = Zajmij miejsce
admitted-otherwise = Jeśli nie chcesz miejsca w organizacji { $organization }, nie musisz nic robić: otrzyma je inna osoba.

## Utworzono organizację

first-admin-title = Skonfiguruj linki dostępu organizacji { $organization }
first-admin-reason = Organizacja { $organization } została utworzona, a Ty jako pierwsza osoba nią zarządzasz. Zaloguj się, aby tworzyć linki dostępu i przyznawać dostęp innym.
first-admin-action = Zaloguj się do zarządzania
first-admin-otherwise = Jeśli się tego nie spodziewasz, nie musisz nic robić. Powiadom proszę osobę, która prowadzi ten system.

## Osoba zarządzająca dała tej osobie prawo zarządzania

admin-title = Zarządzasz linkami dostępu organizacji { $organization }
admin-reason = Organizacja { $organization } dała Ci prawo zarządzania dostępem. Zaloguj się, aby tworzyć linki dostępu i przyznawać dostęp innym.
admin-action = Zaloguj się do zarządzania
admin-otherwise = Jeśli nie znasz organizacji { $organization }, nie musisz nic robić.

## Ktoś zarejestrował się z tym adresem, a nie można go użyć

turned-away-title = Z tym adresem nie można dołączyć do organizacji { $organization }
turned-away-reason = Ten adres podano przy rejestracji na szkolenia w organizacji { $organization }, ale nie można z nim dołączyć. Jeśli uważasz, że to pomyłka, zapytaj osobę kontaktową w organizacji { $organization }.
turned-away-otherwise = Jeśli to nie Ty, zignoruj tę wiadomość.

## Ktoś zarejestrował się z tym adresem ponownie, a decyzji jeszcze nie ma

not-yet-title = Twoja rejestracja w organizacji { $organization } czeka na zatwierdzenie
not-yet-reason = Ten adres jest już zarejestrowany na szkolenia w organizacji { $organization }. Ktoś musi tam najpierw zatwierdzić rejestrację. Gdy to zrobi, dostaniesz wiadomość z przyciskiem logowania.
not-yet-otherwise = Jeśli to nie Ty, zignoruj tę wiadomość.

## Rejestracja została odrzucona i ma zostać o tym wysłana wiadomość; to, co napisał administrator, jest cytowane dalej

refused-title = Twoja rejestracja w organizacji { $organization } nie została zatwierdzona
refused-reason = Ten adres zarejestrowano na szkolenia w organizacji { $organization }. Rejestracja nie została zatwierdzona. Jeśli uważasz, że to pomyłka, zapytaj osobę kontaktową w organizacji { $organization }.
refused-quotation = Wiadomość od organizacji { $organization }:
refused-otherwise = Jeśli to nie Ty, zignoruj tę wiadomość.

## Powiadomienia dla administratorów o jednym z ich linków dostępu

alert-action = Zarządzaj linkiem
alert-otherwise = Otrzymujesz tę wiadomość, ponieważ administrujesz organizacją { $organization }.
link-filling-title = „{ $link }”: zajęto 80% miejsc
link-filling-reason = Zajęto co najmniej 80% z { $cap } miejsc linku dostępu „{ $link }”. Zwiększ limit, jeśli ma się zarejestrować więcej osób.
link-waiting-title = „{ $link }”: osoby czekają na decyzję
link-waiting-reason =
    { $waiting ->
        [one] Jedna osoba zarejestrowana przez link dostępu „{ $link }” czeka na Twoją decyzję.
        [few] { $waiting } osoby zarejestrowane przez link dostępu „{ $link }” czekają na Twoją decyzję.
       *[many] { $waiting } osób zarejestrowanych przez link dostępu „{ $link }” czeka na Twoją decyzję.
    }
link-full-title = „{ $link }”: wszystkie miejsca są zajęte
link-full-reason =
    { $cap ->
        [one] Jedyne miejsce linku dostępu „{ $link }” jest zajęte. Zwiększ limit, aby wpuścić więcej osób.
       *[other] Wszystkie miejsca linku dostępu „{ $link }” ({ $cap }) są zajęte. Zwiększ limit, aby wpuścić więcej osób.
    }
link-expiring-week-title = „{ $link }” wygasa za 7 dni
link-expiring-week-reason = Link dostępu „{ $link }” wygasa { $date }. Potem nikt nie będzie mógł się przez niego zarejestrować. Przedłuż go, jeśli jest nadal potrzebny.
link-expiring-day-title = „{ $link }” wygasa za jeden dzień
link-expiring-day-reason = Link dostępu „{ $link }” wygasa { $date }. Potem nikt nie będzie mógł się przez niego zarejestrować. Przedłuż go, jeśli jest nadal potrzebny.

## Powiadomienia dla administratorów o jednym z ich webhooków; { $host } to serwer odbiorcy

webhook-action = Zobacz webhooki
webhook-failing-title = { $host } nie otrzymuje już zdarzeń
webhook-failing-reason = Webhook do { $host } został wyłączony: odbiorca niczego nie przyjmuje od { $date }. Napraw odbiorcę, włącz webhook i wyślij ponownie to, czego nie udało się dostarczyć. To, co wydarzy się do tego czasu, nie zostanie do niego wysłane.
webhook-gone-title = { $host } nie otrzymuje już zdarzeń
webhook-gone-reason = Webhook do { $host } został wyłączony: odbiorca odpowiedział, że jego adres już nie istnieje (410). Niczego nie przyjmuje od { $date }. Jeśli został przeniesiony, zmień adres URL i włącz webhook; jeśli nie, usuń go. To, co wydarzy się do tego czasu, nie zostanie do niego wysłane.

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

preview-title = Dołącz: { $organization }
preview-description = Zarejestruj się, podając imię i nazwisko oraz adres e-mail, aby przejść do szkolenia.
preview-open = Otwórz stronę
