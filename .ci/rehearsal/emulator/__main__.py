"""ministack, with what it lacks put right from outside; each patch says what is missing. Remove a patch once the emulator has it.

`python emulator` serves AWS on GATEWAY_PORT until it is stopped. It notes in the file that NOTES names, a line of JSON each, which
action of which role was allowed or denied, which function ran, and to whom a mail was sent.
"""

import alarms
import distribution
import http_api
import notes
import permissions
from ministack import app

for part in (alarms, http_api, distribution, permissions, notes):
    part.install()
app.main()
