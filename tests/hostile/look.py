"""Looks at what the program printed for hostile inputs."""
import json
import os
import re
import unicodedata

CUT = '-cut'  # in the name of a file that is the beginning of a sample
FATAL = ('crash', 'timeout', 'internal')
VALUE = re.compile(r'-?\d+(\.\d+)?\Z')
PAGE = re.compile(r'\n\s*\d{1,4}\s*\n')
BOOKMARK = re.compile(r'\[bookmark:[^\]\n]*\]')


def by_document(lines, faults):
    """Split the output into documents, one at a time: each begins with its document record."""
    document = []
    for number, line in enumerate(lines, 1):
        try:
            record = json.loads(line.decode('utf-8'))
            if not isinstance(record, dict) or not line.endswith(b'\n'):
                raise ValueError('not an object on a line')
        except ValueError as error:
            faults.append(f'line {number} of the output is no JSON object: {error}: {line[:200]!r}')
            continue
        if record.get('kind') == 'document':
            if document:
                yield document
            document = [record]
        elif document:
            document.append(record)
        else:
            faults.append(f'line {number} of the output stands before any document record')
    if document:
        yield document


def plain_text(path):
    """The bytes of a file whose canonical text is the file itself, else None."""
    with open(path, 'rb') as file:
        data = file.read()
    if data.startswith(b'\xef\xbb\xbf') or b'\x00' in data:
        return None
    try:
        data.decode('utf-8')
    except UnicodeDecodeError:
        return None
    return data


def bare(text):
    """Text without white space and without characters that print nothing."""
    return ''.join(c for c in text if not c.isspace() and unicodedata.category(c) not in ('Cc', 'Cf', 'Co'))


def same_raw(record, text):
    raw = bare(record['raw'])
    if record['kind'] == 'indicator':
        text = BOOKMARK.sub('', text)
    return raw in (bare(text), bare(PAGE.sub('\n', text)))


def record_fault(record, data):
    span = record.get('span') or {}
    start, end = span.get('start'), span.get('end')
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(data):
        return f'span {span} of {record.get("kind")} {record.get("id")} is not within {len(data)} bytes'
    try:
        text = data[start:end].decode('utf-8')
    except UnicodeDecodeError:
        return f'span {start}-{end} cuts a character'
    if 'raw' in record and not same_raw(record, text):
        return f'raw {record["raw"]!r} is not what stands at {start}-{end}: {text!r}'
    if record['kind'] in ('amount', 'percentage', 'quantity') and not VALUE.match(record.get('value', '')):
        return f'value {record.get("value")!r} is no plain decimal'
    return None


def document_faults(path, records, allowed):
    name, error = os.path.basename(path), records[0].get('error') or {}
    if error.get('class') in FATAL and error['class'] not in allowed:
        return [f'{name}: {error.get("class")}: {error.get("message")}']
    ids = [record['id'] for record in records if 'id' in record]
    faults = [f'{name}: an id is used twice'] if len(ids) != len(set(ids)) else []
    data = plain_text(path) if path.endswith('.txt') else None
    if data is None or records[0].get('media_type') != 'text/plain':
        return faults
    found = (record_fault(r, data) for r in records[1:] if r.get('kind') != 'finding')
    return faults + [f'{name}: {fault}' for fault in found if fault]


def of_input(record, path):
    source = record.get('source', '')
    return source == path or source.startswith(path + '!')


def by_input(paths, documents, faults, allowed, whole=0):
    """Looks at all documents, which must be those of the inputs in their order: one each, or the members of an archive
    and one more where it ends early. `whole`: the records of the undamaged file, 0 where nobody asks. The error classes of
    each input, "ok" for none."""
    classes, document = {}, next(documents, None)
    for path in paths:
        inside, classes[path] = 0, []
        while document and of_input(document[0], path):
            inside += '!' in document[0]['source']
            classes[path].append((document[0].get('error') or {}).get('class', 'ok'))
            if CUT in path and len(document) < whole and not document[0].keys() & {'error', 'notes'}:
                faults.append(f'{os.path.basename(path)}: cut off without a word: {len(document)} of {whole} records')
            faults.extend(document_faults(path, document, allowed.get(path, ())))
            document = next(documents, None)
        if len(classes[path]) - inside > 1 or not classes[path]:
            faults.append(f'{os.path.basename(path)}: {len(classes[path])} document records')
    for rest in [document] if document else []:
        faults.append(f'a document record too much: {rest[0].get("source")}')
    return classes
