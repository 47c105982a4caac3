#!/usr/bin/env python3
"""Make a corpus for measurements by repeating and changing texts.

usage: corpus.py [--megabytes N] [--bytes N] [--texts DIR] [--seed N] OUT

Every document of OUT repeats one text of DIR (see default_texts) until it has the wanted number
of bytes, cut at the end of a line. Each repetition has its amounts multiplied by one small whole number, so that the pages
differ and what was true of the figures stays true: sums, differences and rates of the text hold as they did before. The
same arguments give the same bytes on every machine.
"""
import argparse
import os
import random
import re

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLES = os.path.normpath(os.path.join(HERE, '..', '..', 'corpus', 'samples'))
PUBLISHED = os.path.normpath(os.path.join(HERE, '..', '..', '..', 'shared', 'documents', 'seeds'))
# A figure with what tells its kind: whole part, decimals, the unit or sign behind it.
FIGURE = re.compile(r'(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\d,]|\.\d)(?=\s?([亿万]?元|[%％倍成分个])?)')


def default_texts():
    """Published texts where they lie beside the project; else the samples, which hold twice as many figures a megabyte."""
    return PUBLISHED if os.path.isdir(PUBLISHED) else SAMPLES


def read_texts(folder):
    names = sorted(n for n in os.listdir(folder) if n.endswith('.txt'))
    if not names:
        raise SystemExit(f'{folder} holds no .txt files')
    texts = []
    for name in names:
        with open(os.path.join(folder, name), encoding='utf-8', errors='replace', newline='') as file:
            texts.append(file.read())
    return texts


def is_amount(decimals, unit):
    """Money is printed with decimals, with a unit of money, or both; rates, points and counts stay as they are."""
    return unit.endswith('元') or bool(decimals and not unit)


def times(figure, factor):
    """A printed figure multiplied, with as many decimals and the same thousands marks: 1,429.68 by 3 is 4,289.04."""
    whole, decimals, unit = figure.group(1), figure.group(2) or '', figure.group(3) or ''
    if not is_amount(decimals, unit):
        return figure.group()
    places = max(len(decimals) - 1, 0)
    digits = str(int(whole.replace(',', '') + decimals[1:]) * factor).rjust(places + 1, '0')
    head, tail = digits[:len(digits) - places], digits[len(digits) - places:]
    return (f'{int(head):,}' if ',' in whole else head) + ('.' + tail if places else '')


def vary(text, rng):
    """Multiply all amounts of a text by one number of 1 to 9; years, rates and counts stay."""
    factor = rng.randint(1, 9)
    return FIGURE.sub(lambda figure: times(figure, factor), text)


def cut(data, size):
    """The first lines of data that fit into size bytes; a longer single line is cut between characters."""
    if len(data) <= size:
        return data
    end = data.rfind(b'\n', 0, size) + 1
    return data[:end] if end > size // 2 else data[:size].decode('utf-8', 'ignore').encode('utf-8')


def document(text, size, rng):
    parts, length = [], 0
    while length < size:
        parts.append(vary(text, rng).encode('utf-8') + b'\n')
        length += len(parts[-1])
    return cut(b''.join(parts), size)


def documents(folder, total, size, seed=1):
    """Documents of about `size` bytes, `total` bytes in all."""
    texts, rng, done, index = read_texts(folder), random.Random(seed), 0, 0
    while done < total:
        data = document(texts[index % len(texts)], size, rng)
        yield data
        done += len(data)
        index += 1


def write(folder, datas):
    """Write documents as files in one folder and return their number of bytes."""
    os.makedirs(folder, exist_ok=True)
    total = 0
    for index, data in enumerate(datas):
        with open(os.path.join(folder, f'{index:05d}.txt'), 'wb') as file:
            file.write(data)
        total += len(data)
    return total


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--megabytes', type=float, default=12, help='size of the whole corpus')
    parser.add_argument('--bytes', type=int, default=50_000, help='size of one document')
    parser.add_argument('--texts', default=default_texts(), help='folder of the texts to repeat')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('out')
    options = parser.parse_args()
    total = write(options.out, documents(options.texts, int(options.megabytes * 1e6), options.bytes, options.seed))
    print(f'{total} bytes in {options.out}')


if __name__ == '__main__':
    main()
