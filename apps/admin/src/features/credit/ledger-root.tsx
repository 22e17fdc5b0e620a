import { useApi } from '@cadre/client/api';
import type { OfficeRow, SealedRow } from '@cadre/domain/ledger';
import { StateTag } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Descriptions, Typography } from 'antd';
import { Download } from 'lucide-react';
import { download } from '../../shared/download';
import { Failed } from '../../shared/failure';
import { LedgerCountersign } from './ledger-countersign';
import { ledgerWords } from './ledger.words';

/** One seal: what it covers, its fingerprint, its file to keep apart, and who has countersigned. */
export function LedgerRoot({ root }: { readonly root: SealedRow }) {
  const say = ledgerWords.use();
  const format = useFormat();
  const api = useApi();
  const offices = useQuery(api.ledger.offices.queryOptions());
  const file = useMutation({
    mutationFn: () => download(`/api/v1/ledger/root.json?number=${root.number}`),
  });
  const hasSigned = (office: OfficeRow): boolean =>
    root.signatures.some(({ role, baseId }) => role === office.role && baseId === office.baseId);
  const own = (offices.data ?? []).filter((office) => office.own);
  return (
    <div className="flex flex-col gap-5">
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: 'day', label: say('day'), children: root.day },
          {
            key: 'covers',
            label: say('covers'),
            children: say('coversValue', { people: root.size, count: root.entries }),
          },
          {
            key: 'signer',
            label: say('signer'),
            children: `${say('signerValue', { number: root.keyNumber })} · ${format.moment(root.signedAt)}`,
          },
        ]}
      />
      <Fingerprint name={say('rootHash')} value={root.rootHash} />
      <Fingerprint name={say('treeHash')} value={root.root} />
      <div className="flex flex-col items-start gap-2">
        <Button
          icon={<Download aria-hidden size="1.1em" strokeWidth={1.75} />}
          loading={file.isPending}
          onClick={() => file.mutate()}
        >
          {say('rootFile')}
        </Button>
        <p className="text-small text-ink-2">{say('rootFileHint')}</p>
        <Failed error={file.error} />
      </div>
      <section className="flex flex-col gap-2">
        <h3 className="font-semibold text-ink">{say('signatures')}</h3>
        {root.signatures.length + root.missing.length + own.length === 0 && (
          <p className="text-ink-2">{say('nobody')}</p>
        )}
        <ul className="flex flex-col gap-2">
          {root.signatures.map((signature) => (
            <li key={`${signature.baseId} ${signature.keyId}`} className="flex flex-col">
              <span className="flex items-center justify-between gap-3">
                {format.text(signature.name)}
                <StateTag tone="met">{say('signatures')}</StateTag>
              </span>
              <span className="text-small text-ink-2">
                {say('signatureLine', {
                  by: signature.by,
                  recorded: format.moment(signature.recordedAt),
                  signed: format.moment(signature.signedAt),
                })}
              </span>
            </li>
          ))}
          {root.missing.map((office) => (
            <li key={office.baseId} className="flex items-center justify-between gap-3">
              {format.text(office.name)}
              <StateTag tone="wait">{say('notYet')}</StateTag>
            </li>
          ))}
        </ul>
      </section>
      {own
        .filter((office) => !hasSigned(office))
        .map((office) => (
          <LedgerCountersign key={office.baseId} root={root} office={office} />
        ))}
      <Failed error={offices.error} />
    </div>
  );
}

function Fingerprint({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <p className="text-small text-ink-2">{name}</p>
      <Typography.Text copyable className="break-all tabular-nums">
        {value}
      </Typography.Text>
    </div>
  );
}
