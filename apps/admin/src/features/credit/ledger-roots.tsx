import { useApi } from '@cadre/client/api';
import type { SealedPage, SealedRow } from '@cadre/domain/ledger';
import { AppTable, EmptyState, SidePanel, StateTag, useTableState, type AppColumn } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Stamp } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { QueryView } from '../../shared/failure';
import { LedgerRoot } from './ledger-root';
import { ledgerWords } from './ledger.words';

type Root = SealedPage['items'][number];

/** The seals, newest first; each opens beside the list. One whose record was changed says so, and what to do. */
export function LedgerRoots() {
  const say = ledgerWords.use();
  const format = useFormat();
  const api = useApi();
  const [state, setState] = useTableState();
  const [openedNo, setOpenedNo] = useState<number | null>(null);
  const query = useQuery({
    ...api.ledger.sealed.queryOptions({ page: state.page, pageSize: state.pageSize }),
    placeholderData: keepPreviousData,
  });
  const opened = query.data?.items.find(({ number }) => number === openedNo);
  const read =
    (render: (row: SealedRow) => ReactNode) =>
    (row: Root): ReactNode =>
      'unreadable' in row ? '' : render(row);
  const columns: AppColumn<Root>[] = [
    {
      key: 'number',
      title: say('number'),
      width: 90,
      render: ({ number }) => say('state.newestValue', { number }),
    },
    {
      key: 'signatures',
      title: say('signatures'),
      width: 230,
      render: (row) =>
        'unreadable' in row ? (
          <StateTag tone="refusal">{say('rootUnreadable')}</StateTag>
        ) : (
          <Signatures row={row} />
        ),
    },
    { key: 'day', title: say('day'), width: 120, render: read(({ day }) => format.day(day)) },
    {
      key: 'covers',
      title: say('covers'),
      width: 200,
      render: read((row) => say('coversValue', { people: row.size, count: row.entries })),
    },
    {
      key: 'signer',
      title: say('signer'),
      width: 130,
      render: read((row) => say('signerValue', { number: row.keyNumber })),
    },
    {
      key: 'signedAt',
      title: say('signedAt'),
      width: 190,
      render: read((row) => format.moment(row.signedAt)),
    },
    {
      key: 'hash',
      title: say('rootHash'),
      width: 160,
      render: read((row) => <code title={row.rootHash}>{row.rootHash.slice(0, 16)}…</code>),
    },
  ];
  return (
    <>
      <QueryView query={query}>
        {(page) => (
          <AppTable
            name="ledger-roots"
            label={say('roots')}
            columns={columns}
            rows={page.items}
            rowKey={(row) => String(row.number)}
            total={page.total}
            state={state}
            onState={setState}
            loading={query.isFetching}
            withoutSearch
            onOpen={(row) => setOpenedNo(row.number)}
            empty={<EmptyState icon={Stamp} title={say('rootsNone')} />}
          />
        )}
      </QueryView>
      <SidePanel
        open={opened !== undefined}
        title={opened ? say('rootTitle', { number: opened.number }) : ''}
        onClose={() => setOpenedNo(null)}
        width={520}
      >
        {opened &&
          ('unreadable' in opened ? (
            <p>{say('rootUnreadableText')}</p>
          ) : (
            <LedgerRoot key={opened.number} root={opened} />
          ))}
      </SidePanel>
    </>
  );
}

function Signatures({ row }: { readonly row: SealedRow }) {
  const say = ledgerWords.use();
  if (row.signatures.length + row.missing.length === 0)
    return <span className="text-ink-2">{say('noSignatures')}</span>;
  return (
    <span className="flex flex-wrap gap-1">
      {row.signatures.length > 0 && (
        <StateTag tone="met">{say('signedBy', { count: row.signatures.length })}</StateTag>
      )}
      {row.missing.length > 0 && (
        <StateTag tone="wait">{say('missingCount', { count: row.missing.length })}</StateTag>
      )}
    </span>
  );
}
