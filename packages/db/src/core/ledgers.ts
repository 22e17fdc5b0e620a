/**
 * The collections whose documents stand as they were written. A connection guards them from its first command on, whether
 * anybody has defined their models yet or not.
 */
export const LEDGERS = [
  'acceptedResults',
  'auditEntries',
  'creditEntries',
  'creditSettlements',
  'feedLines',
  'feedPositions',
  'ledgerCountersignatures',
  'ledgerKeys',
  'ledgerOfficeKeys',
  'ledgerRoots',
  'ledgerSealedHeads',
  'presences',
  'recordedActivities',
  'regulationExamples',
  'regulations',
  'roomEvents',
  'seatLedgerEntries',
] as const;
export type Ledger = (typeof LEDGERS)[number];

export const isLedger = (collection: string): collection is Ledger =>
  (LEDGERS as readonly string[]).includes(collection);

/** Those in which settlement alone writes: a document that was not admitted (`Database.admit`) is not inserted. */
export const SETTLED_LEDGERS: readonly Ledger[] = ['creditEntries', 'creditSettlements'];
