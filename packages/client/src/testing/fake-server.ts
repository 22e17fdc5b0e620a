import type { AppRouter } from '@cadre/api/app-router';
import type { ErrorCode, ErrorDetails, ErrorKind } from '@cadre/domain/core';
import { errorCodes } from '@cadre/domain/core';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import superjson from 'superjson';

type Inputs = inferRouterInputs<AppRouter>;
type Outputs = inferRouterOutputs<AppRouter>;

type UnionToIntersection<U> = (U extends unknown ? (value: U) => void : never) extends (
  value: infer I,
) => void
  ? I
  : never;

/** `{ 'identity.me': (input) => output, … }` for every procedure of the router. */
type Answers = UnionToIntersection<
  {
    [Feature in keyof Outputs]: {
      [Procedure in keyof Outputs[Feature] as `${Feature}.${Procedure & string}`]: (
        input: Procedure extends keyof Inputs[Feature] ? Inputs[Feature][Procedure] : never,
      ) => Outputs[Feature][Procedure] | Promise<Outputs[Feature][Procedure]>;
    };
  }[keyof Outputs]
>;

/** What the fake server answers; a procedure without an answer fails like a defect. */
export type FakeAnswers = Partial<Answers>;

/** A refusal for `answers` to throw. */
class FakeRefusal extends Error {
  readonly code: string;
  readonly kind: ErrorKind | 'defect';
  readonly details: ErrorDetails;

  constructor(code: string, kind: ErrorKind | 'defect', details: ErrorDetails) {
    super(code);
    this.code = code;
    this.kind = kind;
    this.details = details;
  }
}

/** Refuses as the server does: `'enrollment.enroll': () => refuse('ENROLLMENT_CLOSED')`. */
export function refuse(code: ErrorCode, details: ErrorDetails = {}): never {
  throw new FakeRefusal(code, errorCodes[code], details);
}

export interface FakeCall {
  readonly procedure: string;
  readonly input: unknown;
  readonly headers: Headers;
}

export interface FakeServer {
  readonly fetch: typeof globalThis.fetch;
  /** Every call in order, for "nothing was sent" and "this was sent". */
  readonly calls: FakeCall[];
  /** Replaces answers from now on. */
  readonly answer: (answers: FakeAnswers) => void;
}

/**
 * A server for screen tests that speaks tRPC's wire format: real client, real links, real refusal parsing; only the
 * answers are yours and they are typed by the router.
 */
export function fakeServer(initial: FakeAnswers): FakeServer {
  const answers: Record<string, ((input: unknown) => unknown) | undefined> = { ...(initial as object) };
  const calls: FakeCall[] = [];

  const respond = async (procedure: string, input: unknown): Promise<object> => {
    try {
      const handler = answers[procedure];
      if (!handler) throw new FakeRefusal('DEFECT', 'defect', { missing: procedure });
      return { result: { data: superjson.serialize(await handler(input)) } };
    } catch (error) {
      const { code, kind, details } =
        error instanceof FakeRefusal ? error : new FakeRefusal('DEFECT', 'defect', {});
      const refusal = { code, kind, details, requestId: 'req-0001' };
      return { error: superjson.serialize({ message: code, code: -32000, data: { refusal } }) };
    }
  };

  const answerBatch: typeof globalThis.fetch = async (target, init) => {
    const url = new URL(target instanceof Request ? target.url : String(target), 'http://server.test');
    const procedures = decodeURIComponent(url.pathname.replace('/trpc/', '')).split(',');
    const text =
      init?.method === 'POST' ? String(init.body as string) : (url.searchParams.get('input') ?? '{}');
    const inputs = JSON.parse(text) as Record<
      string,
      Parameters<typeof superjson.deserialize>[0] | undefined
    >;
    const headers = new Headers(init?.headers);
    const bodies = await Promise.all(
      procedures.map((procedure, index) => {
        const wire = inputs[String(index)];
        const input = wire === undefined ? undefined : superjson.deserialize(wire);
        calls.push({ procedure, input, headers });
        return respond(procedure, input);
      }),
    );
    return new Response(JSON.stringify(bodies), { headers: { 'content-type': 'application/json' } });
  };

  return {
    fetch: answerBatch,
    calls,
    answer: (more) => void Object.assign(answers, more),
  };
}
