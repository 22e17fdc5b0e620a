import { GENESIS_HASH, hashOf, type LedgerEntry, type SettlementRecord } from '@cadre/domain/ledger';

export type Link = LedgerEntry | SettlementRecord;

export const rehashed = <Kind extends Link>(link: Kind): Kind => ({ ...link, hash: hashOf(link) });

/** Links as a chain: numbered in their order, each naming the one before. */
export function chained<Kind extends Link>(links: readonly Kind[]): Kind[] {
  const chain: Kind[] = [];
  for (const link of links)
    chain.push(
      rehashed({ ...link, seq: chain.length + 1, previousHash: chain.at(-1)?.hash ?? GENESIS_HASH }),
    );
  return chain;
}
