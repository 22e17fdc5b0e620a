import type { OfficeRow, SealedRow } from '@cadre/domain/ledger';

type Named = Pick<OfficeRow, 'code'>;

// In ASCII, so that a command can name them on every system.
const nameOf = ({ code }: Named): string => code ?? 'alliance';

/** The two halves of an office's key: of every office and every key another name, so that none is written over another. */
export function keyFiles(office: Named, number: number): { privateKey: string; publicKey: string } {
  const key = `${nameOf(office)}-key-${number}`;
  return { privateKey: `${key}-private.pem`, publicKey: `${key}-public.pem` };
}

/** What an office signs and its signature: of another time of signing, which stands in the text, another name. */
export function countersignFiles(
  office: Named,
  root: Pick<SealedRow, 'number'>,
  signedAt: Date,
): { text: string; signature: string } {
  const time = signedAt.toISOString().replace(/[-:]|\.\d+/g, '');
  const file = `${nameOf(office)}-seal-${root.number}-${time}`;
  return { text: `${file}.txt`, signature: `${file}.sig` };
}
