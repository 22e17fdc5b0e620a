import { useAppClient } from '@cadre/client/api';
import { courseFormNames, courseStatusNames } from '@cadre/client/naming';
import { useActor } from '@cadre/client/session';
import { catalogSightOf, courseForm, courseStatus, type CourseHit } from '@cadre/domain/catalog';
import type { AppColumn } from '@cadre/ui/admin';
import { fromTenThousandths, formatFigure, useFormat } from '@cadre/ui/format';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { BookOpen } from 'lucide-react';
import { questionOf } from './catalog-search';
import { CatalogTable, useCatalogSearch } from './catalog-table';
import { catalogWords } from './catalog.words';
import { CourseState, useShownStatus } from './course-look';
import { useThemes } from './use-themes';

/** The courses, found by Chinese, pinyin, initials or code. */
export function CourseTable() {
  const say = catalogWords.use();
  const format = useFormat();
  const { api, calls } = useAppClient();
  const seesDrafts = catalogSightOf(useActor()) === 'all';
  const { nameOf } = useThemes();
  const { search, choose } = useCatalogSearch();
  const shownStatus = useShownStatus();
  const asked = {
    ...questionOf(search),
    ...(search.status === undefined ? {} : { status: search.status }),
    ...(search.sort === undefined ? {} : { sort: search.sort }),
  };
  const query = useQuery({
    ...api.catalog.searchCourses.queryOptions(asked),
    placeholderData: keepPreviousData,
    meta: { live: ['catalog:changed'] },
  });
  const columns: AppColumn<CourseHit>[] = [
    { key: 'code', title: say('courses.code'), width: 100, sortable: true, render: (row) => row.code },
    {
      key: 'title',
      title: say('courses.name'),
      width: 300,
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
      words: (row) => format.text(courseStatusNames[shownStatus(row)]),
    },
    {
      key: 'reviewBy',
      title: say('courses.reviewBy'),
      width: 120,
      sortable: true,
      render: (row) => row.reviewBy,
    },
  ];
  return (
    <CatalogTable
      name="courses"
      label={say('courses.list')}
      tab="courses"
      query={query}
      readPage={(page) => calls.catalog.searchCourses.query({ ...asked, ...page })}
      columns={columns}
      rowKey={(row) => row.id}
      courseOf={(row) => row.id}
      icon={BookOpen}
      empty={{ nothing: say('courses.empty'), none: say('courses.none') }}
      filters={
        <>
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
    />
  );
}
