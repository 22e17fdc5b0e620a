import type { UseQueryResult } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { EmptyState, type AppColumn } from '@cadre/ui/admin';
import { Button, Select } from 'antd';
import type { ComponentProps, ReactNode } from 'react';
import { QueryTable } from '../../shared/query-table';
import type { ReadPage } from '../../shared/table-export';
import { tableStateOf, withTableState, type CatalogSearch, type CatalogTab } from './catalog-search';
import { catalogWords } from './catalog.words';
import { useThemes } from './use-themes';

const route = getRouteApi('/signed-in/catalog/');

/** What the lists of the catalog are narrowed to, and how to narrow them otherwise. */
export function useCatalogSearch() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (next: (now: CatalogSearch) => CatalogSearch): void =>
    void navigate({ search: next, replace: true });
  return {
    search,
    change,
    /** Narrows by one value, or no longer by it, and goes back to the first page. */
    choose: (name: 'theme' | 'form' | 'status', value: string | undefined): void =>
      change(({ page: _page, [name]: _old, ...rest }) => ({
        ...rest,
        ...(value === undefined ? {} : { [name]: value }),
      })),
    openCourse: (courseId: string): void =>
      void navigate({ to: '/catalog/courses/$courseId', params: { courseId } }),
  };
}

interface CatalogTableProps<Row extends object> {
  readonly name: string;
  readonly label: string;
  readonly tab: Exclude<CatalogTab, 'board'>;
  readonly query: UseQueryResult<{ readonly items: Row[]; readonly total: number }, unknown>;
  readonly readPage: ReadPage<Row>;
  readonly columns: AppColumn<Row>[];
  readonly rowKey: (row: Row) => string;
  /** The course that a row opens. */
  readonly courseOf: (row: Row) => string;
  /** Filters beside the one for the theme. */
  readonly filters?: ReactNode;
  readonly icon: NonNullable<ComponentProps<typeof EmptyState>['icon']>;
  /** What is said when there is nothing at all, and when nothing fits search and filters. */
  readonly empty: { readonly nothing: string; readonly none: string };
}

/** A list of the catalog whose search, filters and page stand in the address. */
export function CatalogTable<Row extends object>(props: CatalogTableProps<Row>) {
  const { name, label, tab, query, readPage, columns, rowKey, courseOf, filters, icon, empty } = props;
  const say = catalogWords.use();
  const { options } = useThemes();
  const { search, change, choose, openCourse } = useCatalogSearch();
  const narrowed = [search.text, search.theme, search.form, search.status].some((part) => part !== undefined);
  return (
    <QueryTable
      name={name}
      label={label}
      columns={columns}
      query={query}
      readPage={readPage}
      waitingRows={12}
      rowKey={rowKey}
      state={tableStateOf(search)}
      onState={(next) => change((now) => withTableState(now, next))}
      onOpen={(row) => openCourse(courseOf(row))}
      filters={
        <>
          <Select
            allowClear
            aria-label={say('courses.allThemes')}
            placeholder={say('courses.allThemes')}
            style={{ minWidth: '13em' }}
            value={search.theme}
            onChange={(value?: string) => choose('theme', value)}
            options={options}
          />
          {filters}
        </>
      }
      empty={
        <EmptyState
          icon={icon}
          title={narrowed ? empty.none : empty.nothing}
          action={narrowed && <Button onClick={() => change(() => ({ tab }))}>{say('courses.reset')}</Button>}
        />
      }
    />
  );
}
