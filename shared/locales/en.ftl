# The words of mails and printed pages, in English. One message each; translators edit this file and need no other.
#
# How such a file is written: https://projectfluent.org/fluent/guide/
# { $organization }, { $link } and the like are filled in; keep each of them. They hold what people typed, so put nothing
# after them that depends on their ending. Marks of HTML have no meaning here and would be shown as they stand.

## Every mail

button-fails = If the button doesn’t work, copy this address into your browser:
code-type = Or enter this code on the page where you entered your email address:
code-only-there = Only enter it at { $host }. Nobody from { $organization } will ask you for it by phone or message.
link-life = The link works once and is valid for { $life }.
ask-again = After that, request a new one here:
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
registration-reason = This address was registered for training at { $organization }. Sign in to confirm your registration.
registration-action = Confirm and sign in
registration-otherwise = If this wasn’t you, ignore this email.

## Somebody asked for a login link

login-title = Sign in to { $organization }
login-reason = Here’s your sign-in link for { $organization }.
login-action = Sign in
login-otherwise = If you didn’t request it, ignore this email.

## An admin granted access

grant-title = You now have access to training at { $organization }
grant-reason = { $organization } has given you access to its training. Sign in to start.
grant-action = Sign in
grant-otherwise = If you don’t know { $organization }, ignore this email.

## A place came free

admitted-title = There’s a place for you at { $organization }
admitted-reason = A place at { $organization } is free, and you’re next on the waiting list. Sign in to take it before it goes to the next person.
admitted-action = Take your place
admitted-otherwise = If you didn’t register with { $organization }, ignore this email. The place will go to someone else.

## The organization was made, and this is its first admin

first-admin-title = Set up access links for { $organization }
first-admin-reason = { $organization } has been set up, and you’re its first admin. Sign in to create access links and grant people access.
first-admin-action = Sign in as admin
first-admin-otherwise = If you didn’t expect this, ignore this email and tell the people who run this system.

## An admin made this person an admin too

admin-title = You’re now an admin of { $organization }
admin-reason = { $organization } has made you an admin. Sign in to create access links and grant people access.
admin-action = Sign in as admin
admin-otherwise = If you don’t know { $organization }, ignore this email.

## Somebody registered with this address, and it cannot be used to join

turned-away-title = You can’t join { $organization } with this address
turned-away-reason = This address was used to register for training at { $organization }, but it can’t be used to join. If you think that is a mistake, ask your contact at { $organization }.
turned-away-otherwise = If you didn’t register, ignore this email.

## Somebody registered with this address again, and it has no access yet: an admin has not decided, or it is on the waiting list

not-yet-title = You don’t have access to { $organization } yet
not-yet-reason = You’ve already registered for training at { $organization }, but you don’t have access yet. When you do, we’ll email you a sign-in link.
not-yet-otherwise = If you didn’t register, ignore this email.

## An admin rejected a registration and chose to email the person; what the admin wrote is quoted

refused-title = Your registration with { $organization } was not approved
refused-reason = You registered for training at { $organization }. Your registration was not approved. If you think that is a mistake, ask your contact at { $organization }.
refused-quotation = Message from { $organization }:
refused-otherwise = If you did not register, ignore this email.

## Alerts to admins about one of their access links; { $link } is its name

alert-action = Manage link
alert-otherwise = You’re receiving this email because you’re an admin of { $organization }.
link-filling-title = “{ $link }” is 80% full
link-filling-reason = At least 80% of the { $cap } seats on the access link “{ $link }” are taken. Raise the enrollment cap if you expect more people.
link-waiting-title = People are waiting for access through “{ $link }”
link-waiting-reason =
    { $waiting ->
        [one] One person who registered with the access link “{ $link }” is waiting for you to grant access.
       *[other] { $waiting } people who registered with the access link “{ $link }” are waiting for you to grant access.
    }
# { $overflow } says what becomes of people who come later: with refuse they can’t register, with waiting_list they wait. Translate the texts only.
link-full-title = “{ $link }” is full
link-full-reason =
    { $cap ->
        [one] The only seat on the access link “{ $link }” is taken.
       *[other] All { $cap } seats on the access link “{ $link }” are taken.
    } { $overflow ->
        [waiting_list] New registrations go to the waiting list. Raise the enrollment cap to let more people in.
       *[refuse] Raise the enrollment cap to let more people in.
    }
link-expiring-week-title = “{ $link }” expires in 7 days
link-expiring-week-reason =
    The access link “{ $link }” expires on { $date }. { $overflow ->
        [waiting_list] After that, new registrations go to the waiting list.
       *[refuse] After that, nobody can register with it.
    } If you still need it, change its expiration date.
link-expiring-day-title = “{ $link }” expires in 1 day
link-expiring-day-reason =
    The access link “{ $link }” expires on { $date }. { $overflow ->
        [waiting_list] After that, new registrations go to the waiting list.
       *[refuse] After that, nobody can register with it.
    } If you still need it, change its expiration date.

## Alerts to admins about one of their webhooks; { $host } is the host of its receiver

webhook-action = View webhooks
webhook-failing-title = { $host } no longer receives events
webhook-failing-reason = We deactivated the webhook to { $host } because its receiver hasn’t accepted any events since { $date }. Fix the receiver, reactivate the webhook, then resend the failed deliveries. Events that happen while the webhook is inactive are never sent to it.
webhook-gone-title = { $host } no longer receives events
webhook-gone-reason = We deactivated the webhook to { $host } because its receiver answered that the address is gone (410). It hasn’t accepted any events since { $date }. If the receiver has moved, change the URL and reactivate the webhook. If not, delete the webhook. Events that happen while it is inactive are never sent to it.

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
preview-open = Open page
