// Checks records against the published JSON Schema with ajv, an implementation this project has no part in.
//
// usage: node validate.mjs SCHEMA [--fields RECORD_H] [--bad FILE] [FILE ...]
//   FILE            JSON Lines: every line must be a record, ids unique within a document, digit groups add up
//   --bad FILE      JSON Lines: no line may be a record
//   --fields FILE   the table of fields in C: schema and table must name the same fields for each kind
import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';

const complaints = [];
const complain = (place, text) => complaints.push(`${place}: ${text}`);
const linesOf = (file) => readFileSync(file, 'utf8').split('\n').filter((line) => line !== '');

const [schemaFile, ...rest] = process.argv.slice(2);
const schema = JSON.parse(readFileSync(schemaFile, 'utf8'));
const validate = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true }).compile(schema);

function why() {
  return validate.errors.filter((e) => e.keyword !== 'if')
    .map((e) => `${e.instancePath || '/'} ${e.message} ${JSON.stringify(e.params)}`).join('; ');
}

// A document record opens a document; the ids and counts of what follows belong to it.
function closeDocument(place, state) {
  if (!state.document || state.document.error) return;
  for (const [kind, count] of Object.entries(state.document.counts ?? {}))
    if ((state.seen[kind] ?? 0) !== count) complain(place, `${state.seen[kind] ?? 0} records of kind ${kind}, not ${count}`);
  const d = state.document.digits;
  if (d && d.claimed + d.excluded + d.unexplained !== d.groups) complain(place, 'digit groups do not add up');
}

function checkRecord(place, record, state) {
  if (record.kind === 'document') {
    closeDocument(state.place, state);
    Object.assign(state, { document: record, place, ids: new Set(), seen: {} });
  } else if (!state.document || record.doc !== state.document.doc) {
    complain(place, 'the record follows no document record of its document');
    return;
  }
  if (record.id !== undefined && state.ids.has(record.id)) complain(place, `id ${record.id} is there already`);
  state.ids.add(record.id);
  state.seen[record.kind] = (state.seen[record.kind] ?? 0) + 1;
  if (record.span && record.span.start > record.span.end) complain(place, 'the span ends before it starts');
}

function checkGood(file) {
  const state = {};
  linesOf(file).forEach((line, i) => {
    const place = `${file}:${i + 1}`;
    const record = JSON.parse(line);
    if (!validate(record)) complain(place, why());
    checkRecord(place, record, state);
  });
  closeDocument(state.place, state);
}

function checkBad(file) {
  linesOf(file).forEach((line, i) => {
    if (validate(JSON.parse(line))) complain(`${file}:${i + 1}`, 'the schema takes this line, and should not');
  });
}

// X(SYMBOL, "name", TYPE, "MIF") in the header against the properties of the definitions.
function checkFields(file) {
  const letters = { D: 'document', M: 'mention', I: 'indicator', F: 'finding' };
  const own = new Set(['kind', 'doc', 'id', 'span', 'page', 'box', 'cell']);
  const table = [...readFileSync(file, 'utf8').matchAll(/X\(\w+, "(\w+)", \w+, "([DMIF]+)"\)/g)];
  if (table.length < 20) complain(file, 'the table of fields was not found');
  for (const [letter, kind] of Object.entries(letters)) {
    const inC = table.filter((row) => row[2].includes(letter)).map((row) => row[1]);
    const inSchema = Object.keys(schema.$defs[kind].properties).filter((name) => !own.has(name));
    for (const name of inC) if (!inSchema.includes(name)) complain(schemaFile, `${kind} has no ${name}`);
    for (const name of inSchema) if (!inC.includes(name)) complain(file, `${kind} has no ${name}`);
  }
}

while (rest.length) {
  const word = rest.shift();
  if (word === '--bad') checkBad(rest.shift());
  else if (word === '--fields') checkFields(rest.shift());
  else checkGood(word);
}
for (const line of complaints.slice(0, 50)) console.error(line);
if (complaints.length > 50) console.error(`... and ${complaints.length - 50} more`);
process.exit(complaints.length ? 1 : 0);
