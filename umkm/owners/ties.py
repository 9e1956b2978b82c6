"""By which facts shops are one owner's. `sellers.querysets.same_owner` asks the database the same; here over shops that
are read already."""

from collections.abc import Iterable, Sequence

from umkm.owners.models import SHOWN_FACTS, SeparatedTie, TieFact
from umkm.sellers.models import Seller

# A fact set aside: the two shops, in both orders, the fact and its value.
Separated = frozenset[tuple[int, int, str, str]]


def separated_of(sellers: Iterable[Seller]) -> Separated:
    """What was set aside between these shops and any other. One query."""
    rows = SeparatedTie.objects.filter(seller__in=[seller.pk for seller in sellers])
    return frozenset(
        pair
        for seller, other, fact, value in rows.values_list("seller", "other", "fact", "value")
        for pair in ((seller, other, fact, value), (other, seller, fact, value))
    )


def facts_between(one: Seller, other: Seller, separated: Separated) -> list[TieFact]:
    """The facts that both show and nobody set aside; a shop shares them with itself."""
    return [
        fact
        for fact in SHOWN_FACTS
        if (value := getattr(one, fact))
        and value == getattr(other, fact)
        and (one.pk, other.pk, str(fact), value) not in separated
    ]


def joined_by_facts(seller: Seller, shops: Sequence[Seller], separated: Separated, *, aside: str = "") -> list[Seller]:
    """The shop, where it is among `shops`, and those of them that facts join to it, one leading to the next; in the
    order of `shops`. `aside`: the account (`bank_index`) that counts as no fact."""
    found, fresh = {seller.pk}, [seller]
    while fresh:
        fresh = [
            shop
            for shop in shops
            if shop.pk not in found and any(_are_joined(one, shop, separated, aside) for one in fresh)
        ]
        found |= {shop.pk for shop in fresh}
    return [shop for shop in shops if shop.pk in found]


def _are_joined(one: Seller, other: Seller, separated: Separated, aside: str) -> bool:
    facts = facts_between(one, other, separated)
    return any(fact != TieFact.BANK or one.bank_index != aside for fact in facts)
