# The words of mails and printed pages, in English. One message each; translators edit this file and need no other.
#
# How such a file is written: https://projectfluent.org/fluent/guide/
# { $organization }, { $link } and the like are filled in; keep each of them. They hold what people typed, so put nothing
# after them that depends on their ending. Marks of HTML have no meaning here and would be shown as they stand.

## Every mail

button-fails = If the button does not work, copy this address into your browser:
code-type = Or type this code on the page where you asked for this email:
code-only-there = Type it only at { $host }. Nobody from { $organization } will ask you for it, not by phone and not in a message.
link-life = It works once and is good for { $life }.
ask-again = After that, ask for a new one here:
questions = Questions?

life-minutes =
    { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    }
life-hours =
    { $count ->
        [one] 1 hour
       *[other] { $count } hours
    }

# A moment within a sentence: "expires on …".
date-time = { $day } { month } { $year } at { $time } ({ $zone })
month =
    { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }

## Somebody registered with this address; it may not be its owner who reads this

registration-title = Confirm your registration with { $organization }
registration-reason = This address was registered for training at { $organization }. Confirm it by signing in.
registration-action = Confirm and sign in
registration-otherwise = If that was not you, do nothing. Without your sign-in nobody gets in.

## Somebody asked for a login link

login-title = Sign in to { $organization }
login-reason = Here is the login link you asked for, for training at { $organization }.
login-action = Sign in
login-otherwise = If you did not ask for it, do nothing. Without this mail nobody gets in.

## An admin granted access

grant-title = You have access to training at { $organization }
grant-reason = { $organization } has given you access to its training.
grant-action = Sign in
grant-otherwise = If you do not know { $organization }, do nothing.

## A place came free

admitted-title = A place at { $organization } is yours
admitted-reason = A place has come free at { $organization }, and you are next on the waiting list. Sign in to take it before it goes to the next.
admitted-action = Take the place
admitted-otherwise = If you did not ask for a place at { $organization }, do nothing: it goes to somebody else.

## The organization was made, and this is its first admin

first-admin-title = Set up access links for { $organization }
first-admin-reason = { $organization } was set up, and you are its first admin. Sign in to make access links and to give people access.
first-admin-action = Sign in as admin
first-admin-otherwise = If you did not expect this, do nothing, and tell whoever runs the system.

## An admin made this person an admin too

admin-title = You manage access links for { $organization }
admin-reason = { $organization } has made you one of its admins. Sign in to make access links and to give people access.
admin-action = Sign in as admin
admin-otherwise = If you do not know { $organization }, do nothing.

## Somebody registered with this address, and it cannot be used to join

turned-away-title = You can’t join { $organization } with this address
turned-away-reason = This address was used to register for training at { $organization }, but it can’t be used to join. If you think that is a mistake, ask your contact at { $organization }.
turned-away-otherwise = If you did not register, ignore this email.

## Somebody registered with this address again, and an admin has not decided yet

not-yet-title = { $organization } has not approved your registration yet
not-yet-reason = You have already registered for training at { $organization }. Somebody there has to approve it first. You will get an email with a sign-in button as soon as they have.
not-yet-otherwise = If you did not register, ignore this email.

## An admin refused a registration and chose to mail that; what the admin wrote is quoted

refused-title = Your registration with { $organization } was not approved
refused-reason = You registered for training at { $organization }. Your registration was not approved. If you think that is a mistake, ask your contact at { $organization }.
refused-quotation = Message from { $organization }:
refused-otherwise = If you did not register, ignore this email.

## Alerts to admins about one of their access links; { $link } is its name

alert-action = Manage the link
alert-otherwise = You get this mail because you are an admin of { $organization }.
link-filling-title = “{ $link }” is 80% full
link-filling-reason = At least 80% of the { $cap } places of the access link “{ $link }” are taken. Raise the cap if more people are to come.
link-waiting-title = People wait for you at “{ $link }”
link-waiting-reason =
    { $waiting ->
        [one] One person who registered through the access link “{ $link }” waits for your decision.
       *[other] { $waiting } people who registered through the access link “{ $link }” wait for your decision.
    }
link-full-title = “{ $link }” is full
link-full-reason =
    { $cap ->
        [one] The one place of the access link “{ $link }” is taken. Raise the cap to let more people in.
       *[other] All { $cap } places of the access link “{ $link }” are taken. Raise the cap to let more people in.
    }
link-expiring-week-title = “{ $link }” expires in 7 days
link-expiring-week-reason = The access link “{ $link }” expires on { $date }. After that nobody can register through it. Extend it if it is still needed.
link-expiring-day-title = “{ $link }” expires in one day
link-expiring-day-reason = The access link “{ $link }” expires on { $date }. After that nobody can register through it. Extend it if it is still needed.

## Alerts to admins about one of their webhooks; { $host } is the host of its receiver

webhook-action = See the webhooks
webhook-failing-title = { $host } gets no more events
webhook-failing-reason = The webhook to { $host } has been deactivated: its receiver has taken nothing since { $date }. Put the receiver right, activate the webhook, and send again what was given up. What happens until then is not sent to it.
webhook-gone-title = { $host } gets no more events
webhook-gone-reason = The webhook to { $host } has been deactivated: its receiver answered that its address is gone (410). It has taken nothing since { $date }. If it has moved, change the URL and activate the webhook; if not, delete it. What happens until then is not sent to it.

## Posters

poster-scan = Scan this code with your phone’s camera
poster-address = Or open this address:
poster-headline = Training – scan to join
poster-headline-of = { $training } – scan to join
poster-trainings = Training
poster-until = Open until { $date }
poster-sites =
    { $count ->
        [one] Site
       *[other] Sites
    }

## Previews of links in messengers; { $organization } is its name

preview-title = Join { $organization }
preview-description = Register with your name and email address to get to your training.
preview-open = Open the page
