import {
  courseForm,
  courseStatus,
  searchCoursesInput,
  type CourseForm,
  type CourseStatus,
  type SearchCoursesInput,
} from '@cadre/domain/catalog';
import { id } from '@cadre/domain/core';
import { firstPage, type TableState } from '@cadre/ui/admin';

export const catalogTabs = ['board', 'courses', 'lessons'] as const;
export type CatalogTab = (typeof catalogTabs)[number];
export type CourseSort = NonNullable<SearchCoursesInput['sort']>;

const courseSort = searchCoursesInput.shape.sort.unwrap();

/** Which part of the catalog is open and what its list is narrowed to; stands in the address. */
export interface CatalogSearch {
  readonly tab?: Exclude<CatalogTab, 'board'>;
  readonly text?: string;
  readonly theme?: string;
  readonly form?: CourseForm;
  readonly status?: CourseStatus;
  readonly sort?: CourseSort;
  readonly page?: number;
  readonly pageSize?: number;
}

const isCount = (value: unknown, most: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most;

export function catalogSearch(given: Record<string, unknown>): CatalogSearch {
  const { tab, text, page, pageSize } = given;
  const theme = id.safeParse(given['theme']);
  const form = courseForm.safeParse(given['form']);
  const status = courseStatus.safeParse(given['status']);
  const sort = courseSort.safeParse(given['sort']);
  return {
    ...(tab === 'courses' || tab === 'lessons' ? { tab } : {}),
    ...(typeof text === 'string' && text !== '' ? { text: text.slice(0, 60) } : {}),
    ...(theme.success ? { theme: theme.data } : {}),
    ...(form.success ? { form: form.data } : {}),
    ...(status.success ? { status: status.data } : {}),
    ...(sort.success ? { sort: sort.data } : {}),
    ...(isCount(page, 10_000) ? { page } : {}),
    ...(isCount(pageSize, 200) ? { pageSize } : {}),
  };
}

/** What the lists of courses and micro-lessons are asked for alike. */
export const questionOf = ({
  text,
  theme,
  form,
  page = 1,
  pageSize = firstPage.pageSize,
}: CatalogSearch) => ({
  page,
  pageSize,
  ...(text === undefined ? {} : { text }),
  ...(theme === undefined ? {} : { themeId: theme }),
  ...(form === undefined ? {} : { form }),
});

export const tableStateOf = ({
  text = '',
  sort,
  page = 1,
  pageSize = firstPage.pageSize,
}: CatalogSearch): TableState => ({
  page,
  pageSize,
  search: text,
  sort: sort ? { key: sort.key, direction: sort.descending ? 'descending' : 'ascending' } : null,
});

/** The search after the reader has searched, sorted or turned a page in the table. */
export function withTableState(
  search: CatalogSearch,
  { page, pageSize, search: text, sort }: TableState,
): CatalogSearch {
  const key = courseSort.shape.key.safeParse(sort?.key);
  const { tab, theme, form, status } = search;
  return catalogSearch({
    tab,
    theme,
    form,
    status,
    text,
    ...(sort && key.success ? { sort: { key: key.data, descending: sort.direction === 'descending' } } : {}),
    ...(page === 1 ? {} : { page }),
    ...(pageSize === firstPage.pageSize ? {} : { pageSize }),
  });
}
