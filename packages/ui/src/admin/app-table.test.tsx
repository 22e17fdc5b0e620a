import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AdminKit, AppTable, firstPage, type AppColumn, type AppTableProps, type TableState } from './index';

interface Base {
  readonly id: string;
  readonly name: string;
  readonly capacity: number;
}

const bases: readonly Base[] = [
  { id: 'a', name: '大陈岛', capacity: 100 },
  { id: 'b', name: '垦荒馆', capacity: 80 },
  { id: 'c', name: '南湖', capacity: 300 },
];

const columns: readonly AppColumn<Base>[] = [
  { key: 'name', title: '基地', render: (base) => base.name, sortable: true },
  { key: 'capacity', title: '半天接待', render: (base) => base.capacity, figure: true, sum: '480' },
  { key: 'code', title: '代码', render: (base) => base.id, hiddenAtFirst: true },
];

function show(props: Partial<AppTableProps<Base>> = {}) {
  const onState = vi.fn<(state: TableState) => void>();
  render(
    <AdminKit>
      <AppTable
        name="bases"
        label="基地"
        columns={columns}
        rows={bases}
        rowKey={(base) => base.id}
        total={bases.length}
        state={firstPage}
        onState={onState}
        {...props}
      />
    </AdminKit>,
  );
  return { onState };
}

/** The body rows in order, as their first cell reads. */
function row(name: string): HTMLTableRowElement {
  const found = screen.getByText(name).closest('tr');
  if (!found) throw new Error(`no row ${name}`);
  return found;
}

beforeEach(() => localStorage.clear());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('the table', () => {
  it('asks the server to sort, from the first page, and takes the order back at the third click', () => {
    const { onState } = show({ state: { ...firstPage, page: 3 } });
    fireEvent.click(screen.getAllByText('基地')[0] as HTMLElement);
    expect(onState).toHaveBeenLastCalledWith({
      ...firstPage,
      page: 1,
      sort: { key: 'name', direction: 'ascending' },
    });
  });

  it('asks the server to search once the typing pauses', () => {
    vi.useFakeTimers();
    const { onState } = show();
    const box = screen.getByRole('searchbox', { name: '搜索' });
    fireEvent.change(box, { target: { value: '大' } });
    fireEvent.change(box, { target: { value: '大陈' } });
    expect(onState).not.toHaveBeenCalled();
    vi.advanceTimersByTime(300);
    expect(onState.mock.calls).toEqual([[{ ...firstPage, search: '大陈' }]]);
  });

  it('goes to the search with / unless somebody is typing', () => {
    show();
    const box = screen.getByRole('searchbox', { name: '搜索' });
    fireEvent.keyDown(document.body, { key: '/' });
    expect(document.activeElement).toBe(box);
    expect(fireEvent.keyDown(box, { key: '/' })).toBe(true);
  });

  it('moves between rows with the arrows and opens one with Enter or a click', () => {
    const onOpen = vi.fn();
    show({ onOpen });
    row('大陈岛').focus();
    fireEvent.keyDown(row('大陈岛'), { key: 'ArrowDown' });
    expect(document.activeElement).toBe(row('垦荒馆'));
    fireEvent.keyDown(row('垦荒馆'), { key: 'End' });
    expect(document.activeElement).toBe(row('南湖'));
    fireEvent.keyDown(row('南湖'), { key: 'Enter' });
    fireEvent.click(row('大陈岛'));
    expect(onOpen.mock.calls).toEqual([[bases[2]], [bases[0]]]);
  });

  it('gives each cell its title, which it shows where rows are cards', () => {
    show();
    const titles = [...row('南湖').cells].map((cell) => cell.dataset['title']);
    expect(titles).toEqual(['基地', '半天接待']);
  });

  it('shows the sums that the server counted', () => {
    show();
    expect(screen.getByText('合计')).toBeDefined();
    expect(screen.getByText('480')).toBeDefined();
  });

  it('remembers on this device which columns are chosen', async () => {
    show();
    expect(screen.queryByText('代码')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: /选择列/ }));
    fireEvent.click(await screen.findByRole('checkbox', { name: '代码' }));
    await waitFor(() => expect(within(row('大陈岛')).getByText('a')).toBeDefined());
    cleanup();
    show();
    expect(within(row('大陈岛')).getByText('a')).toBeDefined();
  });

  it('exports the columns that are seen', async () => {
    const run = vi.fn(() => Promise.resolve());
    show({ exports: { run, failed: () => '没有导出' } });
    fireEvent.click(screen.getByRole('button', { name: /导出所见/ }));
    await waitFor(() => expect(run).toHaveBeenCalledWith(['name', 'capacity']));
    expect(screen.queryByText('没有导出')).toBeNull();
  });

  it('says why an export did not come, and tries again', async () => {
    let isBroken = true;
    const run = vi.fn(() => (isBroken ? Promise.reject(new Error('no network')) : Promise.resolve()));
    show({
      exports: {
        run,
        failed: (error, retry) => (
          <p role="alert">
            {(error as Error).message} {retry}
          </p>
        ),
      },
    });
    fireEvent.click(screen.getByRole('button', { name: /导出所见/ }));
    expect((await screen.findByRole('alert')).textContent).toContain('no network');
    isBroken = false;
    fireEvent.click(screen.getByRole('button', { name: '再试一次' }));
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('says what would stand here when there is nothing', () => {
    show({ rows: [], total: 0, empty: '还没有基地' });
    expect(screen.getByText('还没有基地')).toBeDefined();
  });
});
