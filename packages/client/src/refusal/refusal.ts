import type { ErrorCode, ErrorDetails, ErrorKind } from '@cadre/domain/core';
import { TRPCClientError } from '@trpc/client';

/**
 * `DEFECT`: the server failed. `UNREACHABLE`: no answer came. `SIGNED_IN_AGAIN`: the sign-in had ended and was renewed
 * since. `NOT_KEPT`: there is no network, and the device has not kept what is asked for. Everything else is the
 * server's own word.
 */
export type RefusalCode = ErrorCode | 'DEFECT' | 'UNREACHABLE' | 'SIGNED_IN_AGAIN' | 'NOT_KEPT';

/** Why something did not happen, as an app shows it. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly kind: ErrorKind | 'defect' | 'unreachable' | 'signed-in-again' | 'not-kept';
  /** Ids, numbers and dates that the sentence speaks of. */
  readonly details: ErrorDetails;
  /** What an administrator can look up; absent when no answer came. */
  readonly requestId?: string;
}

/** What the server's error formatter sends. */
interface RefusalData {
  readonly code: string;
  readonly kind: Refusal['kind'];
  readonly details: ErrorDetails;
  readonly requestId: string;
}

/** A file that the server refused: what it said in place of the file. */
class FileRefused extends Error {
  readonly refusal: RefusalData;

  constructor(refusal: RefusalData) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** The error for an answer that brought a refusal in place of a file; one without the server's word is a defect. */
export async function fileRefusal(answer: Response): Promise<Error> {
  const body = (await answer.json().catch(() => null)) as {
    readonly data?: { readonly refusal?: RefusalData };
  } | null;
  return body?.data?.refusal ? new FileRefused(body.data.refusal) : new Error(`no file: ${answer.status}`);
}

function refusalData(error: unknown): RefusalData | undefined {
  if (error instanceof FileRefused) return error.refusal;
  if (!(error instanceof TRPCClientError)) return undefined;
  const { data } = error as { readonly data?: { readonly refusal?: RefusalData } | null };
  return data?.refusal;
}

/** Reads whatever a call threw. */
export function refusalOf(error: unknown): Refusal {
  const data = refusalData(error);
  if (data) return { ...data, code: data.code as RefusalCode };
  const unreachable = error instanceof TRPCClientError || error instanceof TypeError;
  return unreachable
    ? { code: 'UNREACHABLE', kind: 'unreachable', details: {} }
    : { code: 'DEFECT', kind: 'defect', details: {} };
}

/** Worth asking again by itself: the answer was not a decision. */
export function isPassing(error: unknown): boolean {
  const { kind } = refusalOf(error);
  return kind === 'defect' || kind === 'unreachable';
}
