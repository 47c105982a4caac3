// Reads a WARC file with warcio: one line of JSON for each record, with the digest that was computed here of its payload.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { WARCParser } from 'warcio';

const parser = new WARCParser(createReadStream(process.argv[2]), { keepHeadersCase: true, parseHttp: true });
for await (const record of parser) {
  const payload = await record.readFully(false); // as it came, content coding and all
  console.log(JSON.stringify({
    type: record.warcType,
    url: record.warcTargetURI,
    digest: record.warcHeader('WARC-Payload-Digest'),
    offset: parser.offset,
    status: record.warcType === 'response' ? record.httpHeaders.statusCode : undefined,
    computed: createHash('sha256').update(payload ?? '').digest('hex'),
  }));
}
