import {
  baseSort,
  baseStatus,
  baseTier,
  type BaseSort,
  type BaseStatus,
  type BaseTier,
} from '@cadre/domain/network';
import { firstPage, type TableState } from '@cadre/ui/admin';
import { askedSort } from '../../shared/asked-sort';
import { tabSearch } from '../../shared/tab-search';

/** What map and list are narrowed to and how the list is read; stands in the address. */
export interface NetworkSearch {
  readonly text?: string;
  readonly tier?: BaseTier;
  readonly status?: BaseStatus;
  readonly county?: string;
  readonly sort?: BaseSort;
  readonly page?: number;
  readonly pageSize?: number;
}

const isCount = (value: unknown, most: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most;

export function networkSearch(given: Record<string, unknown>): NetworkSearch {
  const { text, county, page, pageSize } = given;
  const tier = baseTier.safeParse(given['tier']);
  const status = baseStatus.safeParse(given['status']);
  const sort = baseSort.safeParse(given['sort']);
  return {
    ...(typeof text === 'string' && text !== '' ? { text: text.slice(0, 60) } : {}),
    ...(tier.success ? { tier: tier.data } : {}),
    ...(status.success ? { status: status.data } : {}),
    ...(typeof county === 'string' && county !== '' ? { county: county.slice(0, 40) } : {}),
    ...(sort.success ? { sort: sort.data } : {}),
    ...(isCount(page, 10_000) ? { page } : {}),
    ...(isCount(pageSize, 200) ? { pageSize } : {}),
  };
}

/** The part of the search that map and list share. */
export const filterOf = ({ text, tier, status, county }: NetworkSearch) => ({
  ...(text === undefined ? {} : { text }),
  ...(tier === undefined ? {} : { tier }),
  ...(status === undefined ? {} : { status }),
  ...(county === undefined ? {} : { county }),
});

export const tableStateOf = ({
  text = '',
  sort,
  page = 1,
  pageSize = firstPage.pageSize,
}: NetworkSearch): TableState => ({
  page,
  pageSize,
  search: text,
  sort: sort ? { key: sort.key, direction: sort.descending ? 'descending' : 'ascending' } : null,
});

/** The search after the reader has searched, sorted or turned a page in the table. */
export function withTableState(search: NetworkSearch, state: TableState): NetworkSearch {
  const { page, pageSize, search: text } = state;
  const sort = askedSort(baseSort, state);
  return networkSearch({
    ...filterOf(search),
    text,
    ...(sort && { sort }),
    ...(page === 1 ? {} : { page }),
    ...(pageSize === firstPage.pageSize ? {} : { pageSize }),
  });
}

/** Which part of a base's file is open. */
export const baseTab = tabSearch('about', 'venues', 'instructors', 'opening', 'courses', 'sites');
