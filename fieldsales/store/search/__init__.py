"""Finding records by what their texts say: characters, pinyin, initials, digits, words.

`index` keeps and asks the tables; `tokens` and `query` say what is kept and what is asked;
`folding` and `pinyin` how texts are spelt.
"""

from fieldsales.store.search.folding import fold
from fieldsales.store.search.index import Hit, Intake, agrees, clear, holds, reindex, remove, search
from fieldsales.store.search.pinyin import sort_key, warm_up
from fieldsales.store.search.record import NOUNS, SearchRecord

__all__ = [
    "NOUNS",
    "Hit",
    "Intake",
    "SearchRecord",
    "agrees",
    "clear",
    "fold",
    "holds",
    "reindex",
    "remove",
    "search",
    "sort_key",
    "warm_up",
]
