"""What stands for the goods of the demo city."""

from itertools import combinations

from epeken.site.demo import market, scenes
from epeken.site.demo.goods import TRADES
from epeken.site.demo.shops import SHOPS


def _unlike(one: str, other: str) -> int:
    """In how many of 64 places two fingerprints differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def test_every_picture_can_be_drawn_and_no_two_of_a_shop_are_of_the_same() -> None:
    for trade, goods in TRADES.items():
        words = [good.picture for good in goods]
        assert len({one.split()[0] + one for one in words}) == len(words), trade
        for good in goods:
            assert scenes.is_scene(good.picture) or market.picture(good.picture), good.name
            assert not scenes.is_scene(good.picture) or len(good.picture) > 3


def test_goods_that_several_shops_sell_have_a_picture_in_each() -> None:
    """Also those that a search for them shows beside one another."""
    shops = [shop.name for shop in SHOPS if shop.trade == "dapur"]
    assert len(shops) > 3
    good = TRADES["dapur"][0]
    made = [market.drawn(good, shop) for shop in shops]
    assert all(_unlike(one.dhash, other.dhash) > 4 for one, other in combinations(made, 2))
    assert len({one.files[0] for one in made}) == len(shops)


def test_the_same_seed_draws_the_same_picture() -> None:
    assert scenes.draw("bento ayam", "a").tobytes() == scenes.draw("bento ayam", "a").tobytes()
    assert scenes.draw("bento ayam", "a").tobytes() != scenes.draw("bento ayam", "b").tobytes()


def test_every_table_is_laid() -> None:
    drawn = {scenes._table(name).tobytes() for name in scenes.TABLES}
    assert len(drawn) == len(scenes.TABLES) > 8


def test_what_is_worn_is_what_lies_in_front() -> None:
    worn = {"Kaus": "kaus", "Kemeja": "kemeja", "Gaun": "gaun", "Rompi": "rompi", "Topi": "topi", "Selendang": "syal"}
    goods = [good for good in (*TRADES["batik"], *TRADES["konveksi"]) if good.name.split()[0] in worn]
    assert [good.name for good in goods if good.picture.split()[0] != worn[good.name.split()[0]]] == []
    assert len(goods) >= len(worn)
