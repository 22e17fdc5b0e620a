import { useApi } from '@cadre/client/api';
import { courseFormNames, courseStatusNames } from '@cadre/client/naming';
import { useActor } from '@cadre/client/session';
import { catalogSightOf, courseForm, courseStatus, type CourseHit } from '@cadre/domain/catalog';
import { AppTable, EmptyState, type AppColumn } from '@cadre/ui/admin';
import { fromTenThousandths, formatFigure, useFormat } from '@cadre/ui/format';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { BookOpen } from 'lucide-react';
import { QueryView } from '../../shared/failure';
import { questionOf, tableStateOf, withTableState, type CatalogSearch } from './catalog-search';
import { catalogWords } from './catalog.words';
import { CourseState } from './course-look';
import { useThemes } from './use-themes';

const route = getRouteApi('/signed-in/catalog/');

/** The courses, found by Chinese, pinyin, initials or code. */
export function CourseTable() {
  const say = catalogWords.use();
  const format = useFormat();
  const api = useApi();
  const seesDrafts = catalogSightOf(useActor()) === 'all';
  const { options, nameOf } = useThemes();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (next: (now: CatalogSearch) => CatalogSearch): void =>
    void navigate({ search: next, replace: true });
  const choose = (name: 'theme' | 'form' | 'status', value: string | undefined): void =>
    change(({ page: _page, [name]: _old, ...rest }) => ({
      ...rest,
      ...(value === undefined ? {} : { [name]: value }),
    }));
  const query = useQuery({
    ...api.catalog.searchCourses.queryOptions({
      ...questionOf(search),
      ...(search.status === undefined ? {} : { status: search.status }),
      ...(search.sort === undefined ? {} : { sort: search.sort }),
    }),
    placeholderData: keepPreviousData,
    meta: { live: ['catalog:changed'] },
  });
  const columns: AppColumn<CourseHit>[] = [
    { key: 'code', title: say('courses.code'), width: 100, sortable: true, render: (row) => row.code },
    {
      key: 'title',
      title: say('courses.name'),
      width: 320,
      render: (row) => <span className="font-medium">{format.text(row.title)}</span>,
    },
    { key: 'theme', title: say('courses.theme'), width: 200, render: (row) => nameOf(row.themeId) },
    {
      key: 'forms',
      title: say('courses.forms'),
      width: 130,
      render: (row) => row.forms.map((form) => format.text(courseFormNames[form])).join(' / '),
    },
    {
      key: 'classHours',
      title: say('courses.hours'),
      width: 80,
      figure: true,
      sortable: true,
      render: (row) => formatFigure(fromTenThousandths(row.classHours)),
    },
    {
      key: 'bases',
      title: say('courses.bases'),
      width: 100,
      figure: true,
      render: (row) => row.baseIds.length || '',
    },
    {
      key: 'status',
      title: say('courses.status'),
      width: 120,
      sortable: true,
      render: (row) => <CourseState status={row.status} reviewBy={row.reviewBy} />,
    },
    {
      key: 'reviewBy',
      title: say('courses.reviewBy'),
      width: 120,
      sortable: true,
      render: (row) => row.reviewBy,
    },
  ];
  const narrowed = [search.text, search.theme, search.form, search.status].some((part) => part !== undefined);
  return (
    <QueryView query={query} rows={12}>
      {({ items, total }) => (
        <AppTable
          name="courses"
          label={say('courses.list')}
          columns={columns}
          rows={items}
          rowKey={(row) => row.id}
          total={total}
          state={tableStateOf(search)}
          onState={(next) => change((now) => withTableState(now, next))}
          loading={query.isFetching}
          onOpen={({ id }) => void navigate({ to: '/catalog/courses/$courseId', params: { courseId: id } })}
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
              <Select
                allowClear
                aria-label={say('courses.allForms')}
                placeholder={say('courses.allForms')}
                style={{ minWidth: '8em' }}
                value={search.form}
                onChange={(value?: string) => choose('form', value)}
                options={courseForm.options.map((value) => ({
                  value,
                  label: format.text(courseFormNames[value]),
                }))}
              />
              {seesDrafts && (
                <Select
                  allowClear
                  aria-label={say('courses.allStatus')}
                  placeholder={say('courses.allStatus')}
                  style={{ minWidth: '8em' }}
                  value={search.status}
                  onChange={(value?: string) => choose('status', value)}
                  options={courseStatus.options.map((value) => ({
                    value,
                    label: format.text(courseStatusNames[value]),
                  }))}
                />
              )}
            </>
          }
          empty={
            narrowed ? (
              <EmptyState
                icon={BookOpen}
                title={say('courses.none')}
                action={
                  <Button onClick={() => change(() => ({ tab: 'courses' }))}>{say('courses.reset')}</Button>
                }
              />
            ) : (
              <EmptyState icon={BookOpen} title={say('courses.empty')} />
            )
          }
        />
      )}
    </QueryView>
  );
}
