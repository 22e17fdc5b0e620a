import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';

/** What the server keeps of a password: enough to check it, not enough to use it. */
export interface Verifier {
  user: string;
  salt: Buffer;
  iterations: number;
  storedKey: Buffer;
  serverKey: Buffer;
}

/** The fewest a client accepts: more of them only strengthen passwords that can be guessed, and ours are 24 random bytes. */
const ITERATIONS = 4096;

const hmac = (key: Buffer, text: string | Buffer): Buffer => createHmac('sha256', key).update(text).digest();

/** Derives the verifier of a password (SCRAM-SHA-256, RFC 7677). The password is plain ASCII, made by us. */
export function verifierOf(user: string, password: string): Verifier {
  const salt = randomBytes(28);
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256');
  const storedKey = createHash('sha256').update(hmac(salted, 'Client Key')).digest();
  return { user, salt, iterations: ITERATIONS, storedKey, serverKey: hmac(salted, 'Server Key') };
}

export class AuthenticationError extends Error {
  override readonly name = 'AuthenticationError';
}

/** One SCRAM-SHA-256 conversation. */
export class ScramConversation {
  readonly id: number;
  readonly #verifier: Verifier;
  #clientFirst = '';
  #serverFirst = '';
  #nonce = '';
  #step: 'first' | 'final' | 'empty' | 'done' = 'first';

  constructor(id: number, verifier: Verifier) {
    this.id = id;
    this.#verifier = verifier;
  }

  get done(): boolean {
    return this.#step === 'done';
  }

  /** The reply to the client's next message; throws AuthenticationError when the proof is wrong. */
  answer(payload: Buffer, skipEmptyExchange: boolean): Buffer {
    switch (this.#step) {
      case 'first':
        return this.#first(payload.toString('utf8'));
      case 'final':
        return this.#final(payload.toString('utf8'), skipEmptyExchange);
      case 'empty':
        this.#step = 'done';
        return Buffer.alloc(0);
      case 'done':
        throw new AuthenticationError('the conversation is over');
    }
  }

  #first(message: string): Buffer {
    const match = /^[ny],,(n=([^,]*),r=([^,]+).*)$/s.exec(message);
    if (!match) throw new AuthenticationError('malformed first message');
    const [, bare, user, clientNonce] = match;
    if (user?.replaceAll('=2C', ',').replaceAll('=3D', '=') !== this.#verifier.user) {
      throw new AuthenticationError('unknown user');
    }
    this.#clientFirst = bare as string;
    this.#nonce = `${clientNonce}${randomBytes(24).toString('base64')}`;
    const { salt, iterations } = this.#verifier;
    this.#serverFirst = `r=${this.#nonce},s=${salt.toString('base64')},i=${iterations}`;
    this.#step = 'final';
    return Buffer.from(this.#serverFirst);
  }

  #final(message: string, skipEmptyExchange: boolean): Buffer {
    const match = /^(c=[^,]+,r=([^,]+)),p=(.+)$/s.exec(message);
    if (!match || match[2] !== this.#nonce) throw new AuthenticationError('malformed final message');
    const signed = `${this.#clientFirst},${this.#serverFirst},${match[1]}`;
    const signature = hmac(this.#verifier.storedKey, signed);
    const proof = Buffer.from(match[3] as string, 'base64');
    if (proof.length !== signature.length) throw new AuthenticationError('wrong proof');
    const clientKey = Buffer.from(proof.map((byte, i) => byte ^ (signature[i] as number)));
    const storedKey = createHash('sha256').update(clientKey).digest();
    if (!timingSafeEqual(storedKey, this.#verifier.storedKey)) throw new AuthenticationError('wrong proof');
    this.#step = skipEmptyExchange ? 'done' : 'empty';
    return Buffer.from(`v=${hmac(this.#verifier.serverKey, signed).toString('base64')}`);
  }
}
