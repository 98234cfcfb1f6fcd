"""A thread-safe queue of requests with a cancel token each."""

import threading
from collections import deque

from t2i_studio.core.cancel import CancelToken
from t2i_studio.core.request import Request


class Inbox:
    """First in, first out, but for what is put first; one thread takes (any thread)."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._waiting: deque[Request] = deque()
        self._running: tuple[str, CancelToken] | None = None
        self._is_closed = False

    def put(self, request: Request) -> None:
        with self._condition:
            self._waiting.append(request)
            self._condition.notify()

    def put_first(self, request: Request) -> None:
        """Let it be the next that is taken."""
        with self._condition:
            self._waiting.appendleft(request)
            self._condition.notify()

    def take(self) -> tuple[Request, CancelToken] | None:
        """Wait for the next request; None when the inbox has been closed."""
        with self._condition:
            self._running = None
            self._condition.wait_for(lambda: self._waiting or self._is_closed)
            if self._is_closed:
                return None
            request, token = self._waiting.popleft(), CancelToken()
            self._running = (request.id, token)
            return request, token

    def cancel(self, request_id: str) -> bool:
        """Tell the running request to stop, or drop a waiting one; True if it never started."""
        with self._condition:
            for index, request in enumerate(self._waiting):
                if request.id == request_id:
                    del self._waiting[index]
                    return True
            if self._running and self._running[0] == request_id:
                self._running[1].cancel()
            return False

    def close(self) -> None:
        """Drop what waits, stop what runs, and let `take` return None."""
        with self._condition:
            self._is_closed = True
            self._waiting.clear()
            if self._running:
                self._running[1].cancel()
            self._condition.notify()
