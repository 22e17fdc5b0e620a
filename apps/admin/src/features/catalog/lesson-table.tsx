import { useApi } from '@cadre/client/api';
import type { MicroLessonHit } from '@cadre/domain/catalog';
import { AppTable, EmptyState, type AppColumn } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { Clapperboard } from 'lucide-react';
import { QueryView } from '../../shared/failure';
import { questionOf, tableStateOf, withTableState, type CatalogSearch } from './catalog-search';
import { catalogWords } from './catalog.words';
import { useThemes } from './use-themes';

const route = getRouteApi('/signed-in/catalog/');

/** The micro-lessons of all courses; a row opens its course. */
export function LessonTable() {
  const say = catalogWords.use();
  const format = useFormat();
  const api = useApi();
  const { options } = useThemes();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (next: (now: CatalogSearch) => CatalogSearch): void =>
    void navigate({ search: next, replace: true });
  const query = useQuery({
    ...api.catalog.searchMicroLessons.queryOptions(questionOf(search)),
    placeholderData: keepPreviousData,
    meta: { live: ['catalog:changed'] },
  });
  const columns: AppColumn<MicroLessonHit>[] = [
    { key: 'code', title: say('lessons.code'), width: 130, render: (row) => row.code },
    {
      key: 'title',
      title: say('lessons.name'),
      width: 300,
      render: (row) => <span className="font-medium">{row.title}</span>,
    },
    {
      key: 'course',
      title: say('lessons.course'),
      width: 320,
      render: (row) => format.text(row.courseTitle),
    },
    {
      key: 'minutes',
      title: say('lessons.minutes'),
      width: 100,
      figure: true,
      render: (row) => format.minutes(row.lengthMinutes),
    },
    { key: 'reviewBy', title: say('lessons.reviewBy'), width: 120, render: (row) => row.reviewBy },
  ];
  const narrowed = search.text !== undefined || search.theme !== undefined;
  return (
    <QueryView query={query} rows={12}>
      {({ items, total }) => (
        <AppTable
          name="micro-lessons"
          label={say('lessons.list')}
          columns={columns}
          rows={items}
          rowKey={(row) => row.id}
          total={total}
          state={tableStateOf(search)}
          onState={(next) => change((now) => withTableState(now, next))}
          loading={query.isFetching}
          onOpen={({ courseId }) => void navigate({ to: '/catalog/courses/$courseId', params: { courseId } })}
          filters={
            <Select
              allowClear
              aria-label={say('courses.allThemes')}
              placeholder={say('courses.allThemes')}
              style={{ minWidth: '13em' }}
              value={search.theme}
              onChange={(theme?: string) =>
                change(({ page: _page, theme: _old, ...rest }) => ({
                  ...rest,
                  ...(theme === undefined ? {} : { theme }),
                }))
              }
              options={options}
            />
          }
          empty={
            narrowed ? (
              <EmptyState
                icon={Clapperboard}
                title={say('lessons.none')}
                action={
                  <Button onClick={() => change(() => ({ tab: 'lessons' }))}>{say('courses.reset')}</Button>
                }
              />
            ) : (
              <EmptyState icon={Clapperboard} title={say('lessons.empty')} />
            )
          }
        />
      )}
    </QueryView>
  );
}
