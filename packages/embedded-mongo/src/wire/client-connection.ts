import type { Socket } from 'node:net';
import { MongoError } from '../errors';
import { Framing } from './framing';
import { encodeReply, parseMessage, requestId, type Request } from './message';
import type { ScramConversation } from './scram';
import { Doc } from '../bson';

/** Messages waiting on one connection before it stops being read. */
const MOST_PENDING = 64;

/** Bytes of replies a client has not taken before its commands wait. */
const MOST_UNSENT = 32 * 1024 * 1024;

/** Answers a request; undefined closes the connection without a word (fail points do that). */
export type Answer = (connection: ClientConnection, request: Request) => Promise<Doc | undefined>;

/** One client connection: its commands run one after the other, in the order they came. */
export class ClientConnection {
  readonly id: number;
  authenticated: boolean;
  conversation: ScramConversation | undefined;
  /** The client has asked for the conversation without its empty last round. */
  skipEmptyExchange = false;
  readonly #socket: Socket;
  readonly #answer: Answer;
  readonly #framing = new Framing();
  readonly #pending: Buffer[] = [];
  #running = false;
  #closed = false;

  constructor(o: {
    id: number;
    socket: Socket;
    authenticated: boolean;
    answer: Answer;
    onClose: () => void;
  }) {
    this.id = o.id;
    this.authenticated = o.authenticated;
    this.#socket = o.socket;
    this.#answer = o.answer;
    o.socket.setNoDelay(true);
    o.socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    // A client that goes away is no event; 'close' follows.
    o.socket.on('error', () => undefined);
    o.socket.on('close', () => {
      this.#closed = true;
      this.#pending.length = 0;
      o.onClose();
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  close(): void {
    this.#closed = true;
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    try {
      for (const message of this.#framing.push(chunk)) this.#pending.push(message);
    } catch {
      this.close();
      return;
    }
    if (this.#pending.length > MOST_PENDING) this.#socket.pause();
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    for (let message = this.#pending.shift(); message && !this.#closed; message = this.#pending.shift()) {
      if (!(await this.#serve(message))) this.close();
      if (this.#pending.length < MOST_PENDING && this.#socket.isPaused()) this.#socket.resume();
    }
    this.#running = false;
  }

  /** Whether the connection is still good. */
  async #serve(message: Buffer): Promise<boolean> {
    let request: Request;
    try {
      request = parseMessage(message);
    } catch (error) {
      if (!(error instanceof MongoError)) return false;
      const reply = Doc.of({ ok: 0, errmsg: error.message, code: error.code, codeName: error.codeName });
      return this.#send({ id: requestId(message), legacy: false }, reply);
    }
    const reply = await this.#answer(this, request);
    if (!reply) return false;
    return request.silent ? true : this.#send(request, reply);
  }

  async #send(request: Pick<Request, 'id' | 'legacy'>, reply: Doc): Promise<boolean> {
    if (this.#closed) return false;
    this.#socket.write(encodeReply(request, reply));
    if (this.#socket.writableLength > MOST_UNSENT) {
      await new Promise<void>((resolve) => {
        this.#socket.once('drain', resolve);
        this.#socket.once('close', resolve);
      });
    }
    return true;
  }
}
