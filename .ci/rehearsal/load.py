"""People who go on registering while the operator works on the system."""

import json
import threading
import time

THREADS = 3


class Load:
    """Registers one person after the other on a link, until it is left; `admitted` are the addresses whose registration was acknowledged, and
    `refused` the answers to the others.
    """

    def __init__(self, site, link, name):
        self._site, self._link, self._name = site, link, name
        self._over = threading.Event()
        self.admitted, self.refused = [], []

    def _register(self, thread):
        number = 0
        while not self._over.is_set():
            number += 1
            email = f"{self._name}.{thread}.{number}@example.com"
            body = json.dumps({"name": "Rush", "email": email}).encode()
            headers = {"Content-Type": "application/json"}
            try:
                status, _, content = self._site.fetch("POST", f"/v1/join/{self._link['code']}", body, headers)
            except OSError as error:
                status, content = 0, str(error).encode()
            if status == 202:
                self.admitted.append(email)
            else:
                self.refused.append((status, content[:200]))
            time.sleep(0.05)

    def __enter__(self):
        self._threads = [threading.Thread(target=self._register, args=(one,), daemon=True) for one in range(THREADS)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        for thread in self._threads:
            thread.join()
