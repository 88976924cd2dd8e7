"""People who go on registering while the operator works on the system."""

import json
import threading


class Load:
    """Registers one person after the other on a link, until it is left. `admitted` are those whose registration was acknowledged, `refused`
    the answers to the others.
    """

    # Below what one address may do in a minute.
    EVERY = 0.8

    def __init__(self, site, link, tag):
        self._site, self._link, self._tag = site, link, tag
        self._over = threading.Event()
        self.admitted, self.refused = [], []

    def _register(self):
        number = 0
        while not self._over.wait(self.EVERY):
            number += 1
            email = f"rush{number}.{self._tag}@example.com"
            body = json.dumps({"name": "Rush", "email": email}).encode()
            try:
                status, _, content = self._site.fetch("POST", f"/v1/join/{self._link['code']}", body, {"Content-Type": "application/json"})
            except OSError as error:
                status, content = None, str(error).encode()
            if status == 202:
                self.admitted.append(email)
            else:
                self.refused.append((status, content))

    def __enter__(self):
        self._thread = threading.Thread(target=self._register, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()
