"""Pictures of demo goods: some objects on a table, in the light of a window. No shop has the picture of another.

Objects are cut out of Fluent Emoji 3D (`objects/`, licence beside them). What the table is, where the light comes from
and how the objects lie follows from the seed alone, so that a demo city looks the same each time.
"""

import io
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

from epeken.core.files.bounded import Decoded
from epeken.core.files.uploads import encode_own_image

OBJECTS = Path(__file__).with_name("objects")
SIZE = 512
# Where things lie, as shares of the picture: middle, foot and width; the first is what is sold. Behind before in front.
PLACES = [
    [(0.52, 0.80, 0.52), (0.22, 0.52, 0.30), (0.82, 0.50, 0.28), (0.17, 0.90, 0.24)],
    [(0.42, 0.82, 0.54), (0.80, 0.56, 0.34), (0.20, 0.46, 0.26), (0.83, 0.92, 0.24)],
    [(0.60, 0.80, 0.52), (0.22, 0.62, 0.34), (0.50, 0.40, 0.26), (0.24, 0.93, 0.22)],
    [(0.50, 0.72, 0.48), (0.18, 0.88, 0.28), (0.82, 0.88, 0.28), (0.80, 0.46, 0.26)],
    [(0.46, 0.88, 0.56), (0.78, 0.50, 0.32), (0.34, 0.42, 0.28), (0.88, 0.86, 0.22)],
]


def is_scene(words: str) -> bool:
    """Whether all the words are objects."""
    return all((OBJECTS / f"{word}.webp").is_file() for word in words.split())


def encoded(words: str, seed: str) -> Decoded:
    """The scene in all forms of a public picture."""
    out = io.BytesIO()
    draw(words, seed).save(out, "PNG", compress_level=1)
    return encode_own_image(out.getvalue())


def draw(words: str, seed: str) -> Image.Image:
    """`words`: the objects, what is sold first. With one object alone more of the same lie about."""
    dice = random.Random(seed)  # noqa: S311
    names = words.split()
    sides = names[1:] or names
    scene = _table(dice.choice(sorted(TABLES))).copy()
    if dice.random() < 0.5:
        scene = scene.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    light = dice.choice((-1, 1))  # from the left, from the right
    places = dice.choice(PLACES)
    mirrored = dice.random() < 0.5
    things = [(names[0], *places[0])]
    things += [(dice.choice(sides) if n >= len(sides) else sides[n], *at) for n, at in enumerate(places[1:])]
    if dice.random() < 0.4:
        things.pop()
    for name, middle, foot, wide in sorted(things, key=lambda thing: thing[2]):
        middle = 1 - middle if mirrored else middle
        at = (middle + dice.uniform(-0.03, 0.03), foot + dice.uniform(-0.02, 0.02))
        is_sold = name == names[0] and wide > 0.4
        _put(scene, name, at, wide * dice.uniform(0.94, 1.06), 0 if is_sold else dice.uniform(-14, 14), light)
    return _lit(scene, light, warm=dice.uniform(-1, 1))


def _put(scene: Image.Image, name: str, at: tuple[float, float], wide: float, turn: float, light: int) -> None:
    """The object with its shadow; what lies further back is a little out of focus."""
    thing = _object(name).copy()
    thing.thumbnail((round(wide * SIZE), round(wide * SIZE)), Image.Resampling.LANCZOS)
    if turn:
        thing = thing.rotate(turn, Image.Resampling.BICUBIC, expand=True)
    if at[1] < 0.58:
        edge = Image.new("RGBA", (thing.width + 8, thing.height + 8))
        edge.paste(thing, (4, 4))
        thing = edge.filter(ImageFilter.GaussianBlur(1.6))
    x, y = round(at[0] * SIZE - thing.width / 2), round(at[1] * SIZE - thing.height)
    shape, ground = thing.getchannel("A"), y + thing.height
    flat = shape.resize((thing.width, max(1, thing.height // 2)))
    _shade(scene, flat, (x - light * thing.width // 7, ground - flat.height * 5 // 6), blur=9, strength=46)
    foot = shape.resize((max(1, thing.width * 4 // 5), max(1, thing.height // 9)))
    _shade(scene, foot, (x + thing.width // 10, ground - foot.height * 2 // 3), blur=5, strength=55)
    # The colours of emoji are louder than those of things.
    scene.paste(ImageEnhance.Color(thing.convert("RGB")).enhance(0.78), (x, y), shape)


def _shade(scene: Image.Image, shape: Image.Image, at: tuple[int, int], *, blur: int, strength: int) -> None:
    """A soft shadow. Blurred small: nothing of it is sharp. `strength`: percent."""
    small = Image.new("L", (SIZE // 4, SIZE // 4))
    small.paste(shape.resize((max(1, shape.width // 4), max(1, shape.height // 4))), (at[0] // 4, at[1] // 4))
    soft = small.filter(ImageFilter.GaussianBlur(blur / 4)).point([v * strength // 100 for v in range(256)])
    scene.paste((34, 23, 16), mask=soft.resize(scene.size, Image.Resampling.BILINEAR))


def _lit(scene: Image.Image, light: int, warm: float) -> Image.Image:
    """By a window on one side; `warm` from -1, a cloudy morning, to 1, an evening."""
    fall = _falling_light()
    if light > 0:
        fall = fall.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    red, green, blue = (
        (255, round(246 - 8 * warm), round(236 - 30 * warm)) if warm > 0 else (round(246 + 8 * warm), 250, 255)
    )
    tint = Image.merge("RGB", [fall.point([v * each // 255 for v in range(256)]) for each in (red, green, blue)])
    lit = ImageChops.multiply(scene, tint)
    return ImageChops.add(ImageEnhance.Brightness(lit).enhance(1.14), _grain(), offset=-6)


def _far(table: Image.Image) -> Image.Image:
    """The table out of focus at the back."""
    mask = Image.linear_gradient("L").resize((SIZE, SIZE)).point([max(0, min(255, v * 3 - 150)) for v in range(256)])
    return Image.composite(table, table.filter(ImageFilter.GaussianBlur(5)), mask)


@cache
def _object(name: str) -> Image.Image:
    with Image.open(OBJECTS / f"{name}.webp") as image:
        return image.convert("RGBA")


@cache
def _falling_light() -> Image.Image:
    across = Image.linear_gradient("L").rotate(90).resize((SIZE, SIZE))
    edge = Image.radial_gradient("L").resize((SIZE, SIZE))
    return ImageChops.subtract(
        across.point([175 + v * 80 // 255 for v in range(256)]), edge.point([max(0, v - 120) // 3 for v in range(256)])
    )


@cache
def _grain() -> Image.Image:
    return Image.effect_noise((SIZE, SIZE), 10).point([v // 10 for v in range(256)]).convert("RGB")


# --- Tables ---------------------------------------------------------------------------------------------------------


@cache
def _table(name: str) -> Image.Image:
    dice = random.Random(name)  # noqa: S311
    image = Image.new("RGB", (SIZE, SIZE))
    TABLES[name](ImageDraw.Draw(image), dice)
    return _far(image)


def _near(colour: tuple[int, int, int], dice: random.Random, most: int = 8) -> tuple[int, int, int]:
    by = dice.randint(-most, most)
    red, green, blue = (max(0, min(255, value + by)) for value in colour)
    return red, green, blue


def _wood(colour: tuple[int, int, int]) -> Callable[[ImageDraw.ImageDraw, random.Random], None]:
    def boards(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
        wide = SIZE // 5
        for left in range(0, SIZE, wide):
            board = _near(colour, dice, 12)
            draw.rectangle([left, 0, left + wide, SIZE], fill=board)
            for _line in range(34):
                x, bend = left + dice.randrange(wide), dice.randint(-5, 5)
                draw.line(
                    [(x, 0), (x + bend, SIZE // 2), (x, SIZE)],
                    fill=_near(board, dice, 14),
                    width=dice.choice((1, 1, 2)),
                )
            draw.line(
                [(left, 0), (left, SIZE)], fill=_near((colour[0] // 2, colour[1] // 2, colour[2] // 2), dice), width=3
            )

    return boards


def _mat(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    """Woven of pandan leaves."""
    step = 20
    for y in range(0, SIZE, step):
        for x in range(0, SIZE, step):
            is_across = (x // step + y // step) % 2
            colour = _near((196, 170, 116) if is_across else (180, 152, 98), dice)
            draw.rectangle([x, y, x + step, y + step], fill=colour)
            for line in range(4, step, 5):
                ends = [(x, y + line), (x + step, y + line)] if is_across else [(x + line, y), (x + line, y + step)]
                draw.line(ends, fill=_near((150, 122, 74), dice), width=1)


def _cloth(colour: tuple[int, int, int]) -> Callable[[ImageDraw.ImageDraw, random.Random], None]:
    def checks(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
        step = SIZE // 12
        white = (240, 235, 224)
        for y in range(0, SIZE, step):
            for x in range(0, SIZE, step):
                share = ((x // step) % 2 + (y // step) % 2) / 2 * 0.62
                red, green, blue = (round(a + (b - a) * share) for a, b in zip(white, colour, strict=True))
                draw.rectangle([x, y, x + step, y + step], fill=_near((red, green, blue), dice, 3))
        for line in range(0, SIZE, 4):
            draw.line([(0, line), (SIZE, line)], fill=_near(white, dice, 6) if line % 16 == 0 else None, width=1)

    return checks


def _leaf(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    """Of a banana tree, its rib across."""
    draw.rectangle([0, 0, SIZE, SIZE], fill=(74, 122, 62))
    for x in range(-SIZE, SIZE * 2, 9):
        draw.line([(x, 0), (x + SIZE // 5, SIZE * 55 // 100)], fill=_near((66, 114, 56), dice, 10), width=4)
        draw.line([(x + SIZE // 5, SIZE * 55 // 100), (x, SIZE)], fill=_near((80, 130, 66), dice, 10), width=4)
    draw.line([(0, SIZE * 55 // 100), (SIZE, SIZE * 52 // 100)], fill=(142, 168, 96), width=9)


def _stone(colour: tuple[int, int, int], chips: int) -> Callable[[ImageDraw.ImageDraw, random.Random], None]:
    def slab(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
        draw.rectangle([0, 0, SIZE, SIZE], fill=colour)
        for _chip in range(chips):
            x, y, size = dice.randrange(SIZE), dice.randrange(SIZE), dice.randint(2, 11)
            corners = [(x + dice.randint(-size, size), y + dice.randint(-size, size)) for _corner in range(4)]
            draw.polygon(corners, fill=_near(dice.choice([colour, (190, 150, 128), (128, 138, 134)]), dice, 22))

    return slab


def _batik(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    """Brown cloth with the four leaves of semanggi."""
    draw.rectangle([0, 0, SIZE, SIZE], fill=(98, 62, 42))
    step = 64
    for row, y in enumerate(range(0, SIZE + step, step // 2)):
        for x in range(-(row % 2) * step // 2, SIZE + step, step):
            for dx, dy in ((-9, 0), (9, 0), (0, -9), (0, 9)):
                box = [x + dx - 9, y + dy - 9, x + dx + 9, y + dy + 9]
                draw.ellipse(box, fill=_near((206, 168, 112), dice), outline=(70, 40, 26))
            draw.ellipse([x - 3, y - 3, x + 3, y + 3], fill=(70, 40, 26))


TABLES: dict[str, Callable[[ImageDraw.ImageDraw, random.Random], None]] = {
    "jati": _wood((132, 88, 54)),
    "sungkai": _wood((196, 160, 116)),
    "putih": _wood((214, 206, 192)),
    "tikar": _mat,
    "taplak merah": _cloth((176, 58, 46)),
    "taplak hijau": _cloth((70, 122, 84)),
    "daun pisang": _leaf,
    "teraso": _stone((218, 212, 202), 260),
    "batu": _stone((88, 90, 92), 60),
    "batik": _batik,
}
