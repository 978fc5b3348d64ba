"""Whether customers buy, prepare to, might, or were lost (M03)."""

from __future__ import annotations

import json
from collections.abc import Iterable

from fieldsales.domain.purchase import purchase_status
from fieldsales.store.database import Store


def statuses(store: Store, customer_ids: Iterable[str]) -> dict[str, str]:
    """Customer -> purchase status, of those outside the trash."""
    rows = store.rows(
        "SELECT c.id, c.pinned_status,"
        " (SELECT count(*) FROM deal d WHERE d.customer_id = c.id AND d.trashed_at IS NULL"
        " AND d.stage = 'won') + (SELECT count(*) FROM visit v WHERE v.customer_id = c.id"
        " AND v.trashed_at IS NULL AND v.state = 'concluded' AND v.ordered = 1),"
        " (SELECT count(*) FROM deal d WHERE d.customer_id = c.id AND d.trashed_at IS NULL"
        " AND d.stage NOT IN ('won', 'lost')),"
        " (SELECT count(*) FROM deal d WHERE d.customer_id = c.id AND d.trashed_at IS NULL"
        " AND d.stage = 'lost')"
        " FROM customer c WHERE c.trashed_at IS NULL"
        " AND c.id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(customer_ids))],
    )
    return {
        row_id: purchase_status(
            orders=orders, open_deals=open_deals, lost_deals=lost, pinned=pinned
        )
        for row_id, pinned, orders, open_deals, lost in rows
    }
