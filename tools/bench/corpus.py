#!/usr/bin/env python3
"""Make a corpus for measurements by repeating and changing texts.

usage: corpus.py [--megabytes N] [--bytes N] [--texts DIR] [--seed N] OUT

Every document of OUT repeats one text of DIR (corpus/samples of the project by default) until it has the wanted number
of bytes, cut at the end of a line. The digits after a decimal point are drawn anew each time, so that no two pages are
the same and every value is still a plausible one. The same arguments give the same bytes on every machine.
"""
import argparse
import os
import random
import re

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLES = os.path.normpath(os.path.join(HERE, '..', '..', 'corpus', 'samples'))
DECIMALS = re.compile(r'(?<=\d\.)\d+')


def read_texts(folder):
    names = sorted(n for n in os.listdir(folder) if n.endswith('.txt'))
    if not names:
        raise SystemExit(f'{folder} holds no .txt files')
    texts = []
    for name in names:
        with open(os.path.join(folder, name), encoding='utf-8', errors='replace', newline='') as file:
            texts.append(file.read())
    return texts


def vary(text, rng):
    """Draw the decimals of a text anew, as many digits as before: 13.99 becomes 13.42, never 2024 another year."""
    return DECIMALS.sub(lambda m: ''.join(rng.choice('0123456789') for _ in m.group()), text)


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
    parser.add_argument('--texts', default=SAMPLES, help='folder of the texts to repeat')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('out')
    options = parser.parse_args()
    total = write(options.out, documents(options.texts, int(options.megabytes * 1e6), options.bytes, options.seed))
    print(f'{total} bytes in {options.out}')


if __name__ == '__main__':
    main()
