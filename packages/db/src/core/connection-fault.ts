import mongoose from 'mongoose';

/**
 * Why a database cannot be used, as far as somebody can put it right: the address is none, nobody answers there, who
 * answers stands alone, the replica set has no primary or another name, or the user is refused or may do too little.
 */
export type ConnectionFault =
  'address' | 'unreachable' | 'stands-alone' | 'no-primary' | 'sign-in' | 'rights' | 'other';

/** The address is none: the driver does not know what to make of it. */
class AddressError extends Error {}

/** Throws for an address that cannot be read. Opens nothing. */
export function assertReadable(uri: string): void {
  try {
    new MongoClient(uri);
  } catch (cause) {
    throw new AddressError('not the address of a database', { cause });
  }
}

/** A server that stands alone has no transactions, and nothing here can do without. */
export class StandsAloneError extends Error {}

const NOT_AUTHORIZED = 13;
const AUTHENTICATION_FAILED = 18;

const { MongoClient, MongoServerError } = mongoose.mongo;

export function connectionFaultOf(error: unknown): ConnectionFault {
  if (error instanceof AddressError) return 'address';
  if (error instanceof StandsAloneError) return 'stands-alone';
  if (error instanceof mongoose.Error.MongooseServerSelectionError)
    return selectionFaultOf((error as unknown as { reason: mongoose.mongo.TopologyDescription }).reason);
  // A server that cannot be found by its name.
  if (isSystemError(error)) return 'unreachable';
  if (error instanceof MongoServerError) {
    if (error.code === AUTHENTICATION_FAILED) return 'sign-in';
    return error.code === NOT_AUTHORIZED ? 'rights' : 'other';
  }
  return 'other';
}

/** Members that refuse the sign-in count as unknown, like those that do not answer: their own error tells. */
function selectionFaultOf({ type, servers }: mongoose.mongo.TopologyDescription): ConnectionFault {
  const errors = [...servers.values()].map((server) => server.error);
  if (errors.some((error) => error instanceof MongoServerError && error.code === AUTHENTICATION_FAILED))
    return 'sign-in';
  const isAnswered = errors.some((error) => error === null);
  return type === 'ReplicaSetNoPrimary' && (isAnswered || servers.size === 0) ? 'no-primary' : 'unreachable';
}

const isSystemError = (error: unknown): boolean =>
  error instanceof Error && /^(ENOTFOUND|ENODATA|ETIMEOUT|ESERVFAIL|ECONNREFUSED)$/.test(codeOf(error));
const codeOf = (error: Error): string => String((error as NodeJS.ErrnoException).code ?? '');
