import { useAppClient } from '@cadre/client/api';
import type { MicroLessonHit } from '@cadre/domain/catalog';
import type { AppColumn } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Clapperboard } from 'lucide-react';
import { questionOf } from './catalog-search';
import { CatalogTable, useCatalogSearch } from './catalog-table';
import { catalogWords } from './catalog.words';

/** The micro-lessons of all courses; a row opens its course. */
export function LessonTable() {
  const say = catalogWords.use();
  const format = useFormat();
  const { api, calls } = useAppClient();
  const { search } = useCatalogSearch();
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
  return (
    <CatalogTable
      name="micro-lessons"
      label={say('lessons.list')}
      tab="lessons"
      query={query}
      readPage={(page) => calls.catalog.searchMicroLessons.query({ ...questionOf(search), ...page })}
      columns={columns}
      rowKey={(row) => row.id}
      courseOf={(row) => row.courseId}
      icon={Clapperboard}
      empty={{ nothing: say('lessons.empty'), none: say('lessons.none') }}
    />
  );
}
