"""How people think: the rep's own profile, those of contacts, and how they go together (M21)."""

from __future__ import annotations

from fieldsales.screens.contract import Context, Screen, Tab


def _lent(context: Context) -> bool:
    from fieldsales.screens.profile.lent import lent

    return lent(context.state, context.store.path) is not None


TAB = Tab(order=50, icon="profile", title="profile.title", opens=("profile",), lent=_lent)


def build(context: Context) -> Screen:
    from fieldsales.screens.profile.page import ProfileScreen

    return ProfileScreen(context)
