"""The choices of a select as a page shows them, with their keys; each is made when it is shown.

Lists of 20,000 firms are counted, searched and shown in part without a view of every row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from kume_desktop import turkish
from kume_desktop.instruments.model import Itemset
from kume_desktop.interview.choices import Listed, labels_of, names_of, nodes_of, reserve_of
from kume_desktop.interview.lists import Items
from kume_desktop.interview.page_model import ChoiceView
from kume_desktop.interview.tree import Spot
from kume_desktop.interview.view import Ground
from kume_desktop.xpath.source import Node

MOST_KEYS = 10
RESERVE_KEYS: Mapping[str, str] = {"na": "8", "dk": "9", "nr": "0"}
_ORDER = {"na": 1, "dk": 2, "nr": 3}


class Offer:
    """The choices of one select at one state, reserve answers last; kept by `offered` where no answer changes them."""

    __slots__ = ("_itemset", "_keys", "_made", "_nodes", "_order", "_reserves", "_sought")

    def __init__(self, itemset: Itemset, found: Sequence[Node], ground: Ground) -> None:
        self._itemset = itemset
        self._nodes = found
        self._reserves = [reserve_of(each) for each in _rows(found)]
        self._order = sorted(range(len(found)), key=lambda at: _ORDER.get(self._reserves[at], 0))
        self._keys = self._given_keys(ground)
        self._made: dict[int, ChoiceView] = {}
        self._sought: tuple[list[str], list[str]] | None = None

    def __len__(self) -> int:
        return len(self._order)

    def first(self, ground: Ground, most: int) -> tuple[ChoiceView, ...]:
        """The first choices, at most so many."""
        return self._views(ground, self._order[:most])

    def reserves(self, ground: Ground) -> tuple[ChoiceView, ...]:
        """The reserve answers, wherever they stand in the list."""
        return self._views(ground, [at for at in self._order if self._reserves[at]]) if any(self._reserves) else ()

    def holding(self, ground: Ground, typed: str, most: int) -> tuple[ChoiceView, ...]:
        """The choices whose name or label holds a text; those that begin with it or with its code come first.

        The search is Turkish-folded. A code is found with or without its dots and blanks: "2030" finds 20.30.
        """
        wanted = turkish.fold(typed.strip())
        bare = _bare_code(wanted)
        code = bare if bare.isdecimal() else ""
        names, labels = self._sought or self._seek(ground)
        begins: list[int] = []
        holds: list[int] = []
        for at in self._order:
            name, label = names[at], labels[at]
            if label.startswith(wanted) or (
                code and (_bare_code(name).startswith(code) or _bare_code(label).startswith(code))
            ):
                begins.append(at)
            elif wanted in label or wanted in name:
                holds.append(at)
        return self._views(ground, [*begins, *holds][:most])

    def _seek(self, ground: Ground) -> tuple[list[str], list[str]]:
        """The names and labels of all choices, folded in one go: one by one it takes five times as long."""
        rows = _rows(self._nodes)
        names = turkish.fold("\n".join(_lined(names_of(ground, self._itemset, rows)))).split("\n")
        labels = turkish.fold("\n".join(_lined(labels_of(ground, self._itemset, rows)))).split("\n")
        self._sought = names, labels
        return self._sought

    def _views(self, ground: Ground, places: Sequence[int]) -> tuple[ChoiceView, ...]:
        """The choices at these places; those that nobody has asked for are made in one go."""
        made, reserves, keys = self._made, self._reserves, self._keys
        wanted = [at for at in places if at not in made]
        nodes = [self._nodes[at] for at in wanted]
        texts = zip(
            wanted, names_of(ground, self._itemset, nodes), labels_of(ground, self._itemset, nodes), strict=True
        )
        for at, name, label in texts:
            missing = reserves[at]
            made[at] = ChoiceView(name, label or name, RESERVE_KEYS.get(missing, "") or keys.get(name, ""), missing)
        return tuple([made[at] for at in places])

    def _given_keys(self, ground: Ground) -> Mapping[str, str]:
        ordinary = [at for at in self._order if not self._reserves[at]]
        if len(ordinary) > MOST_KEYS:
            return {}
        names = names_of(ground, self._itemset, [self._nodes[at] for at in ordinary])
        return _keys(tuple(names), {missing for missing in self._reserves if missing})


def offered(ground: Ground, spot: Spot) -> Offer | None:
    """The choices of the select at `spot` at present; kept for a language where no answer changes them."""
    itemset, view = spot.item.node.itemset, ground.view
    if itemset is None:
        return None
    root = view.lists.root(itemset.instance) if itemset.instance else None
    is_whole = root is not None and itemset.nodeset == f"instance('{itemset.instance}')/root/item"
    if root is None or not is_whole or not isinstance(root.items, Items):
        return Offer(itemset, nodes_of(ground, spot, itemset), ground.at(spot))
    key = (itemset, ground.language)
    kept = view.lists.offers.get(key)
    if kept is None:
        kept = Offer(itemset, root.items, ground.at(spot))
        if not _changing(ground, itemset.instance):
            view.lists.offers[key] = kept
    return kept


def is_kept(ground: Ground, itemset: Itemset) -> bool:
    """Whether the choices of a select were found to be the same whatever is answered."""
    return (itemset, ground.language) in ground.view.lists.offers


def _changing(ground: Ground, instance: str) -> bool:
    listed = ground.view.form.instrument.lists.get(instance, ())
    return any(part.expression for choice in listed for parts in choice.label.values() for part in parts)


def _rows(found: Sequence[Node]) -> Sequence[Listed]:
    """What the nodes of a whole list are made of, so that they need not be made."""
    return found.rows if isinstance(found, Items) else found


def _lined(texts: Iterable[str]) -> Iterator[str]:
    return (text.replace("\n", " ") for text in texts)


def _bare_code(text: str) -> str:
    """A code without the dots and blanks between its digits."""
    return text.replace(".", "").replace(" ", "")


def _keys(ordinary: Sequence[str], reserves: AbstractSet[str]) -> dict[str, str]:
    """Ordinary choice -> its key: its own digit, or a free one (its own is a reserve answer's, or it has none: 96).

    8, 9 and 0 always mean the same where they are offered: a habit must not enter another answer. A list of words has
    the digits of its places.
    """
    if len(ordinary) > MOST_KEYS:
        return {}
    digits = [name for name in ordinary if len(name) == 1 and name in "0123456789"]
    taken = {RESERVE_KEYS[missing] for missing in reserves if missing in RESERVE_KEYS}
    if not digits:
        places = [key for key in "123456789" if key not in taken]
        return dict(zip(ordinary, places, strict=False)) if len(ordinary) <= len(places) else {}
    keys = {name: name for name in digits if name not in taken}
    free = [key for key in "1234567" if key not in keys.values()]
    others = [name for name in ordinary if name not in keys]
    return keys | dict(zip(sorted(others, key=lambda name: name not in digits), free, strict=False))
