"""Damage files: cut them off, flip bits, splice them. The same arguments give the same bytes on every machine."""
import io
import random
import zipfile

# Pieces that are put into the middle of a text: half characters, marks without a partner, endless figures.
SPLICES = (
    b'\x00', b'\xff\xfe', b'\xef\xbb\xbf', b'\xe4\xb8', b'\xf0\x9f', b'\x81\x30\x81\x30', b'\r', b'\r\n\r\n', b'\x0c',
    b'\t' * 50, b'\n' * 50, ' '.encode() * 50, '\u3000'.encode() * 50, '\u200b'.encode() * 20, '\ue000'.encode() * 5,
    b'9' * 400, b'1,' * 200, b'0.' * 200, b'-' * 100, '－1'.encode() * 50, '1 '.encode() * 200, b'%' * 50,
    '万'.encode() * 50, '亿万元'.encode() * 30, '（'.encode() * 200, '）'.encode() * 200, '“'.encode() * 100,
    '其中：'.encode() * 50, '比上年增加'.encode() * 40, '分别为'.encode() * 40, '一、'.encode() * 50, '百分之'.encode() * 30,
    '二十亿三千万零五百'.encode() * 10, '1-2-3-'.encode() * 40, '≥'.encode() * 40, '单位：元'.encode() * 10,
    '合计\t1\t2\n'.encode() * 30, '公开01表\n'.encode() * 10, b'[bookmark: ' * 20, '2024年'.encode() * 40,
)


def truncated(data, places):
    """The text cut off at evenly spread bytes, often within a character."""
    for n in range(places):
        yield data[:len(data) * n // places + n % 3]


def flipped(data, count, rng):
    """The text with one to eight bits turned over."""
    for _ in range(count):
        copy = bytearray(data)
        for _ in range(rng.randint(1, 8)):
            copy[rng.randrange(len(copy))] ^= 1 << rng.randrange(8)
        yield bytes(copy)


def spliced(data, other, rng):
    """The text with each piece put in somewhere, and its halves joined with the halves of another text."""
    for piece in SPLICES:
        at = rng.randrange(len(data))
        yield data[:at] + piece + data[at:]
    for _ in range(10):
        at, to = rng.randrange(len(data)), rng.randrange(len(other))
        yield data[:at] + other[to:]
        lines = data.split(b'\n')
        rng.shuffle(lines)
        yield b'\n'.join(lines)


def unpacked(data):
    """(name, bytes) of the members of a ZIP file."""
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        return [(name, pack.read(name)) for name in pack.namelist()]


def packed(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as pack:
        for name, data in members:
            pack.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def flipped_inside(data, count, rng):
    """A ZIP file of which one member is damaged before it is packed, so that the damage reaches the reader behind."""
    members = unpacked(data)
    for _ in range(count):
        copy = list(members)
        at = rng.randrange(len(copy))
        name, inner = copy[at]
        copy[at] = (name, next(flipped(inner, 1, rng)) if rng.randrange(8) else inner[:rng.randrange(len(inner))])
        yield packed(copy)


def is_cut(number, places):
    """Whether copy `number` of all_of is the beginning of the file and nothing else is wrong with it."""
    return 0 < number < places


def all_of(kind, data, other, seed, places, flips):
    rng = random.Random(seed)
    yield from truncated(data, places)
    if kind in ('docx', 'xlsx'):
        yield from flipped_inside(data, flips - flips // 4, rng)
        yield from flipped(data, flips // 4, rng)
    else:
        yield from flipped(data, flips, rng)
    if kind in ('txt', 'html'):
        yield from spliced(data, other, rng)
