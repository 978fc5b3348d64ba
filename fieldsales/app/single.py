"""One window a file: a second start brings the first window to front."""

from __future__ import annotations

import getpass
import hashlib
import os
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT = 500  # ms; the other window may be busy painting


class SingleWindow(QObject):
    """Holds the right to be the window of a file."""

    called = Signal()  # somebody started the application again on this file

    def __init__(self, database: Path) -> None:
        super().__init__()
        told = f"{getattr(os, 'getuid', getpass.getuser)()}\n{os.path.normcase(database.resolve())}"
        self._name = f"fieldsales-{hashlib.sha256(os.fsencode(told)).hexdigest()[:16]}"
        self._server: QLocalServer | None = None

    def take(self) -> bool:
        """True if this is the only window; otherwise the other one was called to front."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(_WAIT):
            socket.disconnectFromServer()
            return False
        QLocalServer.removeServer(self._name)  # left behind by a crash
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        # where this fails a second window cannot be told of us, but the first one can work
        self._server.listen(self._name)
        return True

    def release(self) -> None:
        """Somebody else may be the window of the file."""
        if self._server is not None:
            self._server.close()

    def _answer(self) -> None:
        assert self._server is not None
        self._server.nextPendingConnection().deleteLater()
        self.called.emit()
