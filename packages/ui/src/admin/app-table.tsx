import { Button, Checkbox, Input, Popover, Table, type InputRef, type TableColumnType } from 'antd';
import { Columns3, Download, Search } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTypedSearch } from '../shared/typed-search';
import { uiWords } from '../shared/ui.words';
import { useHiddenColumns } from './column-choice';
import { cellOf } from './table-cards';
import { asksAnew, type TableState } from './table-state';

export interface AppColumn<Row> {
  /** Names the column for sorting on the server, choosing and exporting. */
  readonly key: string;
  /** A column without one has buttons: it cannot be hidden, and is in no export. */
  readonly title: string;
  readonly render: (row: Row) => ReactNode;
  /** What the cell says, for an export, where `render` leaves the words to a component of its own. */
  readonly words?: (row: Row) => string;
  readonly sortable?: boolean;
  /** Figures end at the right. */
  readonly figure?: boolean;
  /** In px at normal type. */
  readonly width?: number;
  /** A title longer than the column goes on below, between its words; others widen the column. */
  readonly titleBreaks?: boolean;
  /** Not shown until chosen. */
  readonly hiddenAtFirst?: boolean;
  /** What the whole list adds up to, from the server. */
  readonly sum?: ReactNode;
}

export interface TableExport {
  /** Given the keys of the columns that are seen, in their order; rejects where nothing was exported. */
  readonly run: (columnKeys: readonly string[]) => Promise<void>;
  /** Says why it was not, beside a button that tries again. */
  readonly failed: (error: unknown, retry: ReactNode) => ReactNode;
}

export interface AppTableProps<Row> {
  /** Names the table on this device, where the choice of columns is kept. */
  readonly name: string;
  /** Said to those who do not see it. */
  readonly label: string;
  /** The first column stays in sight and cannot be hidden. */
  readonly columns: readonly AppColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** How many rows the server has in all. */
  readonly total: number;
  readonly state: TableState;
  readonly onState: (state: TableState) => void;
  readonly loading?: boolean;
  /** Opens a row: by click or Enter. */
  readonly onOpen?: (row: Row) => void;
  /** Exports what is seen: this search and sort. */
  readonly exports?: TableExport;
  /** No search box. */
  readonly withoutSearch?: boolean;
  /** Filters beside the search box. */
  readonly filters?: ReactNode;
  /** Shown when there is no row. */
  readonly empty?: ReactNode;
  /** Fixed height in px: draws only the rows in sight, for long lists on one page. */
  readonly height?: number;
}

/** The next row from the keyboard: one up or down, the first, the last. */
function rowFrom(key: string, from: HTMLElement): Element | null | undefined {
  const siblings = [...(from.parentElement?.querySelectorAll('[data-row-key]') ?? [])];
  const at = siblings.indexOf(from);
  switch (key) {
    case 'ArrowDown':
      return siblings[at + 1];
    case 'ArrowUp':
      return siblings[at - 1];
    case 'Home':
      return siblings[0];
    case 'End':
      return siblings.at(-1);
    default:
      return null;
  }
}

/**
 * The table of the admin app: the server searches, sorts and pages; head and first column stay in sight; columns are
 * chosen per device; `/` goes to the search, arrows move between rows, Enter opens one. On a phone each row is a card.
 */
export function AppTable<Row extends object>(props: AppTableProps<Row>) {
  const { columns, rows, rowKey, total, state, onState, onOpen, exports, loading = false, height } = props;
  const say = uiWords.use();
  const search = useRef<InputRef>(null);
  const [exporting, setExporting] = useState(false);
  const [failure, setFailure] = useState<{ readonly error: unknown } | null>(null);
  const { hidden, isChosen, choose } = useHiddenColumns(
    props.name,
    columns.filter((column) => column.hiddenAtFirst).map(({ key }) => key),
  );
  const shown = columns.filter(({ key }, index) => index === 0 || !hidden.includes(key));
  const choosable = columns.slice(1).filter(({ title }) => title !== '');
  const hasSums = shown.some(({ sum }) => sum !== undefined);

  const focusSearch = useEffectEvent((event: globalThis.KeyboardEvent) => {
    const typing =
      event.target instanceof HTMLElement &&
      event.target.closest('input, textarea, select, [contenteditable]');
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    search.current?.focus();
  });
  useEffect(() => {
    const listener = (event: globalThis.KeyboardEvent): void => focusSearch(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);

  const runExport = async (): Promise<void> => {
    if (!exports || exporting) return;
    setExporting(true);
    setFailure(null);
    try {
      await exports.run(shown.map(({ key }) => key));
    } catch (error) {
      setFailure({ error });
    } finally {
      setExporting(false);
    }
  };

  const tableColumns = shown.map((column, index): TableColumnType<Row> => {
    const direction = state.sort?.key === column.key ? state.sort.direction : null;
    return {
      key: column.key,
      title: column.titleBreaks ? (
        <span className="break-keep whitespace-normal">{column.title}</span>
      ) : (
        column.title
      ),
      render: (_value, row) => column.render(row),
      onCell: () => cellOf(column.title),
      ...(column.width === undefined ? {} : { width: column.width }),
      ...(column.figure ? { align: 'right' as const } : {}),
      ...(index === 0 ? { fixed: 'left' as const, rowScope: 'row' as const } : {}),
      ...(column.sortable
        ? {
            sorter: true,
            showSorterTooltip: false,
            sortOrder: direction === 'ascending' ? 'ascend' : direction === 'descending' ? 'descend' : null,
          }
        : {}),
    };
  });

  return (
    <section aria-label={props.label} className="app-table rounded-card border border-line bg-surface">
      <div className="no-print flex flex-wrap items-center gap-2 border-b border-line px-3 py-2">
        {!props.withoutSearch && (
          <SearchBox
            ref={search}
            value={state.search}
            onSearch={(text) => onState(asksAnew(state, { search: text }))}
          />
        )}
        {props.filters}
        <div className="ms-auto flex flex-wrap items-center justify-end gap-x-2 max-[40rem]:gap-x-0 max-[40rem]:[&_.ant-btn]:px-2!">
          <span className="text-small whitespace-nowrap text-ink-2" role="status">
            {say('table.total', { total })}
          </span>
          <Popover
            trigger="click"
            placement="bottomRight"
            content={
              <div className="flex flex-col gap-1.5">
                {choosable.map(({ key, title }) => (
                  <Checkbox
                    key={key}
                    checked={!hidden.includes(key)}
                    onChange={(event) =>
                      choose(
                        event.target.checked ? hidden.filter((other) => other !== key) : [...hidden, key],
                      )
                    }
                  >
                    {title}
                  </Checkbox>
                ))}
                {isChosen && (
                  <Button type="link" size="small" onClick={() => choose(null)}>
                    {say('table.resetColumns')}
                  </Button>
                )}
              </div>
            }
          >
            <Button type="text" icon={<Columns3 aria-hidden size="1.15em" />}>
              {say('table.columns')}
            </Button>
          </Popover>
          {exports && (
            <Button
              type="text"
              icon={<Download aria-hidden size="1.15em" />}
              loading={exporting}
              onClick={() => void runExport()}
            >
              {say(exporting ? 'table.exporting' : 'table.export')}
            </Button>
          )}
        </div>
      </div>
      {exports && failure && (
        <div className="no-print border-b border-line p-3">
          {exports.failed(
            failure.error,
            <Button size="small" onClick={() => void runExport()}>
              {say('retry')}
            </Button>,
          )}
        </div>
      )}
      <Table<Row>
        size="small"
        {...(height === undefined ? { className: 'row-cards' } : {})}
        columns={tableColumns}
        dataSource={rows}
        rowKey={rowKey}
        loading={{ spinning: loading, delay: 200 }}
        {...(height === undefined
          ? { sticky: true, scroll: { x: 'max-content' } }
          : {
              virtual: true,
              scroll: { x: shown.reduce((sum, { width = 160 }) => sum + width, 0), y: height },
            })}
        locale={{ emptyText: props.empty ?? ' ' }}
        onRow={(row, index) => ({
          tabIndex: index === 0 ? 0 : -1,
          ...(onOpen ? { 'data-opens': '' } : {}),
          onClick: () => {
            if (onOpen && !window.getSelection()?.toString()) onOpen(row);
          },
          onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
            // Keys inside a cell (a button, a link) belong to what is there.
            if (event.target !== event.currentTarget) return;
            if (event.key === 'Enter') onOpen?.(row);
            const next = rowFrom(event.key, event.currentTarget);
            if (next === null) return;
            event.preventDefault();
            if (next instanceof HTMLElement) next.focus();
          },
        })}
        onChange={(pagination, _filters, sorter, { action }) => {
          if (action === 'sort' && !Array.isArray(sorter)) {
            const key = String(sorter.columnKey);
            onState(
              asksAnew(state, {
                sort: sorter.order
                  ? { key, direction: sorter.order === 'ascend' ? 'ascending' : 'descending' }
                  : null,
              }),
            );
          }
          if (action === 'paginate') {
            onState({
              ...state,
              page: pagination.current ?? 1,
              pageSize: pagination.pageSize ?? state.pageSize,
            });
          }
        }}
        pagination={
          total > Math.min(state.pageSize, 20)
            ? {
                current: state.page,
                pageSize: state.pageSize,
                total,
                size: 'small',
                pageSizeOptions: [20, 50, 100, 200],
                showSizeChanger: true,
                showTotal: (all, [from, to]) => say('table.range', { from, to, total: all }),
                style: { margin: '8px 12px' },
              }
            : false
        }
        {...(hasSums
          ? {
              summary: () => (
                <Table.Summary fixed>
                  <Table.Summary.Row>
                    {shown.map(({ key, title, sum, figure }, index) => (
                      <Table.Summary.Cell
                        key={key}
                        index={index}
                        {...(figure ? { align: 'right' as const } : {})}
                      >
                        {index > 0 && sum !== undefined && (
                          <span className="me-2 text-ink-2 sm:hidden">{title}</span>
                        )}
                        <span className="font-semibold">{index === 0 ? (sum ?? say('table.sum')) : sum}</span>
                      </Table.Summary.Cell>
                    ))}
                  </Table.Summary.Row>
                </Table.Summary>
              ),
            }
          : {})}
      />
    </section>
  );
}

interface SearchBoxProps {
  readonly ref: React.Ref<InputRef>;
  readonly value: string;
  readonly onSearch: (text: string) => void;
}

/** Asks the server when the typing pauses, at once on Enter or when cleared. */
function SearchBox({ ref, value, onSearch }: SearchBoxProps) {
  const say = uiWords.use();
  const { typed, type, ask } = useTypedSearch(value, onSearch);
  return (
    <Input
      ref={ref}
      type="search"
      allowClear
      prefix={<Search aria-hidden size="1.1em" className="text-ink-2" />}
      placeholder={say('table.searchHint')}
      aria-label={say('table.search')}
      style={{ flex: '1 1 11em', maxWidth: '18em' }}
      value={typed}
      onChange={(event) => type(event.target.value)}
      onPressEnter={ask}
    />
  );
}
