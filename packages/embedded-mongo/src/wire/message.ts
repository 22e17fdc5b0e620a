import { decode, Doc, encodeBehind } from '../bson';
import { ErrorCode, fail } from '../errors';

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;

const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const KNOWN_REQUIRED_FLAGS = CHECKSUM_PRESENT | MORE_TO_COME;
const REQUIRED_FLAGS_MASK = 0xffff;
const MSG_HEADER_BYTES = 21;
const REPLY_HEADER_BYTES = 36;
const AWAIT_CAPABLE = 8;

/** A command as it came over the wire. */
export interface Request {
  readonly id: number;
  readonly command: Doc;
  /** Documents that came in sections of their own, as they were sent: stored without encoding them again. */
  readonly sections: ReadonlyMap<string, readonly Buffer[]>;
  /** The client wants no reply. */
  readonly silent: boolean;
  /** The old form of the first hello, which is answered in the old form. */
  readonly legacy: boolean;
}

/** The request id of a message, for answering one that cannot be parsed. */
export function requestId(message: Buffer): number {
  return message.readInt32LE(4);
}

/** Parses a message. Throws a MongoError when its contents are wrong, an ordinary Error when it is no message at all. */
export function parseMessage(message: Buffer): Request {
  const opcode = message.readInt32LE(12);
  if (opcode === OP_MSG) return parseMsg(message);
  if (opcode === OP_QUERY) return parseQuery(message);
  throw new Error(`unknown opcode ${opcode}`);
}

function parseMsg(message: Buffer): Request {
  if (message.length < MSG_HEADER_BYTES + 5) throw new Error('message too short');
  const flags = message.readUInt32LE(16);
  if ((flags & REQUIRED_FLAGS_MASK & ~KNOWN_REQUIRED_FLAGS) !== 0)
    throw new Error(`unknown message flags ${flags}`);
  const end = flags & CHECKSUM_PRESENT ? message.length - 4 : message.length;
  const sections = new Map<string, Buffer[]>();
  let body: Doc | undefined;
  let at = 20;
  while (at < end) {
    const kind = message[at++];
    const size = at + 4 <= end ? message.readInt32LE(at) : -1;
    if (size < 5 || at + size > end) throw new Error('a section reaches beyond its message');
    const section = message.subarray(at, at + size);
    if (kind === 0) {
      if (body) throw new Error('two command documents in one message');
      body = decode(section);
    } else if (kind === 1) {
      const { name, documents } = parseSequence(section);
      if (sections.has(name)) fail(40413, `Duplicate document sequence ${name}`);
      sections.set(name, documents);
    } else throw new Error(`unknown section kind ${kind}`);
    at += size;
  }
  if (!body || body.size === 0) throw new Error('a message without a command');
  for (const [name, documents] of sections) {
    if (body.has(name))
      fail(ErrorCode.FailedToParse, `field '${name}' is both in the command and in a sequence`);
    body.push(
      name,
      documents.map((bytes) => decode(bytes)),
    );
  }
  return {
    id: requestId(message),
    command: body,
    sections,
    silent: (flags & MORE_TO_COME) !== 0,
    legacy: false,
  };
}

function parseSequence(section: Buffer): { name: string; documents: Buffer[] } {
  const nameEnd = section.indexOf(0, 4);
  if (nameEnd < 0) throw new Error('a document sequence without a name');
  const name = section.toString('utf8', 4, nameEnd);
  const documents: Buffer[] = [];
  let at = nameEnd + 1;
  while (at < section.length) {
    const size = at + 4 <= section.length ? section.readInt32LE(at) : -1;
    if (size < 5 || at + size > section.length) throw new Error('a document reaches beyond its sequence');
    documents.push(section.subarray(at, at + size));
    at += size;
  }
  return { name, documents };
}

/** The old query message; clients send only their first hello in it. */
function parseQuery(message: Buffer): Request {
  const nameEnd = message.indexOf(0, 20);
  if (nameEnd < 0 || nameEnd + 9 + 5 > message.length) throw new Error('query message too short');
  const namespace = message.toString('utf8', 20, nameEnd);
  const command = decode(message.subarray(nameEnd + 9));
  const query = command.get('$query');
  const body = query instanceof Doc ? query.clone() : command;
  body.set('$db', namespace.split('.', 1)[0] as string);
  return { id: requestId(message), command: body, sections: new Map(), silent: false, legacy: true };
}

let lastId = 0;

/** The reply message. */
export function encodeReply(request: Pick<Request, 'id' | 'legacy'>, reply: Doc): Buffer {
  const headBytes = request.legacy ? REPLY_HEADER_BYTES : MSG_HEADER_BYTES;
  const message = encodeBehind(headBytes, reply);
  lastId = (lastId + 1) & 0x7fffffff;
  message.fill(0, 16, headBytes);
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(lastId, 4);
  message.writeInt32LE(request.id, 8);
  message.writeInt32LE(request.legacy ? OP_REPLY : OP_MSG, 12);
  if (request.legacy) {
    message.writeInt32LE(AWAIT_CAPABLE, 16);
    message.writeInt32LE(1, 32); // one document
  }
  return message;
}
