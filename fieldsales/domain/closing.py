"""The closing route: where it stands in a visit, and where it may go from there (M29b)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fieldsales.errors import UserError

Route = Mapping[str, Sequence[str]]  # step -> the steps that may follow; the first one begins


def may_follow(route: Route, at: str) -> tuple[str, ...]:
    """The steps one may go to from `at`: the first one before it is begun, or if it is unknown."""
    return tuple(route[at]) if at in route else tuple(route)[:1]


def go(route: Route, at: str, to: str) -> str:
    """The step a visit stands at after going there; '' begins anew.

    Raises UserError("closing.not_from_here") if the route does not lead there.
    """
    if to and to not in may_follow(route, at):
        raise UserError("closing.not_from_here")
    return to
