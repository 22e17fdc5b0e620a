import { useApi } from '@cadre/client/api';
import { courseFormNames } from '@cadre/client/naming';
import { AMOUNT_UNIT } from '@cadre/domain/core';
import { useFormat } from '@cadre/ui/format';
import { Button, EmptyState, Page } from '@cadre/ui/learner';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { BookOpen, SearchX, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { FilterChips } from '../../shared/filter-chips';
import { FindingSwitch } from '../../shared/finding-switch';
import { FoundList, STEP } from '../../shared/found-list';
import { RowLink } from '../../shared/links';
import { SearchField } from '../../shared/search-field';
import { without, type CatalogSearch } from './catalog-search';
import { catalogWords } from './catalog.words';
import { FilterSheet } from './filter-sheet';

const route = getRouteApi('/signed-in/courses');

const count = (search: CatalogSearch): number =>
  [search.form, search.base, search.length].filter((value) => value !== undefined).length;

/** 课程: the catalog on the phone, courses or micro-lessons, found by Chinese, pinyin or initials. */
export function CoursesPage() {
  const say = catalogWords.use();
  const format = useFormat();
  const api = useApi();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [filtering, setFiltering] = useState(false);
  const themes = useQuery({
    ...api.catalog.themes.queryOptions(),
    meta: { live: ['catalog:changed'], keep: true },
  });
  const lessons = search.show === 'lessons';
  const change = (next: (search: CatalogSearch) => CatalogSearch): void =>
    void navigate({ search: next, replace: true });
  const filters = count(search);
  return (
    <Page title={say('title')}>
      <div className="flex flex-col gap-3">
        <FindingSwitch
          value={lessons ? 'lessons' : 'courses'}
          onChoose={(next) => {
            if (next === 'bases') void navigate({ to: '/courses/bases' });
            else
              change((now) => ({
                ...without(now, 'show', 'length'),
                ...(next === 'lessons' ? { show: 'lessons' } : {}),
              }));
          }}
        />
        <SearchField
          label={say(lessons ? 'search.lessons' : 'search.label')}
          clearLabel={say('search.clear')}
          value={search.text ?? ''}
          onSearch={(text) =>
            change((now) => ({ ...without(now, 'text'), ...(text === '' ? {} : { text }) }))
          }
        />
        <FilterChips
          label={say('themes')}
          chips={[
            { key: '', label: say('allThemes') },
            ...(themes.data ?? []).map((theme) => ({ key: theme.id, label: format.text(theme.name) })),
          ]}
          chosen={search.theme ?? ''}
          onChoose={(theme) =>
            change((now) => ({ ...without(now, 'theme'), ...(theme === '' ? {} : { theme }) }))
          }
          before={
            <Button size="small" icon={SlidersHorizontal} onClick={() => setFiltering(true)}>
              {filters === 0 ? say('filters.open') : say('filters.openWith', { count: filters })}
            </Button>
          }
        />
      </div>
      {/* Another question starts again with its first rows. */}
      {lessons ? (
        <LessonList key={JSON.stringify(search)} search={search} />
      ) : (
        <CourseList key={JSON.stringify(search)} search={search} />
      )}
      <FilterSheet open={filtering} onOpenChange={setFiltering} search={search} onChange={change} />
    </Page>
  );
}

function CourseList({ search }: { readonly search: CatalogSearch }) {
  const say = catalogWords.use();
  const format = useFormat();
  const [shown, setShown] = useState(STEP);
  const api = useApi();
  const query = useQuery({
    ...api.catalog.searchCourses.queryOptions(courseQuestion(search, shown)),
    placeholderData: keepPreviousData,
    meta: { live: ['catalog:changed'], keep: true },
  });
  return (
    <FoundList
      query={query}
      summary={(count) => say('total', { count })}
      empty={<NothingFound search={search} title={say('empty.title')} />}
      onMore={setShown}
    >
      {(course) => (
        <RowLink
          key={course.id}
          to="/courses/$courseId"
          params={{ courseId: course.id }}
          title={format.text(course.title)}
          facts={[
            [
              course.forms.map((form) => format.text(courseFormNames[form])).join(' / '),
              format.measure(course.classHours, 'classHour'),
            ].join(' · '),
          ]}
        />
      )}
    </FoundList>
  );
}

function LessonList({ search }: { readonly search: CatalogSearch }) {
  const say = catalogWords.use();
  const format = useFormat();
  const [shown, setShown] = useState(STEP);
  const api = useApi();
  const query = useQuery({
    ...api.catalog.searchMicroLessons.queryOptions(lessonQuestion(search, shown)),
    placeholderData: keepPreviousData,
    meta: { live: ['catalog:changed'], keep: true },
  });
  return (
    <FoundList
      query={query}
      summary={(count) => say('totalLessons', { count })}
      empty={<NothingFound search={search} title={say('empty.lessons')} />}
      onMore={setShown}
    >
      {(lesson) => (
        <RowLink
          key={lesson.id}
          to="/courses/$courseId"
          params={{ courseId: lesson.courseId }}
          hash={lesson.code}
          title={lesson.title}
          facts={[format.text(lesson.courseTitle)]}
          trailing={format.minutes(lesson.lengthMinutes)}
        />
      )}
    </FoundList>
  );
}

function NothingFound({ search, title }: { readonly search: CatalogSearch; readonly title: string }) {
  const say = catalogWords.use();
  const navigate = route.useNavigate();
  const narrowed = search.text !== undefined || search.theme !== undefined || count(search) > 0;
  if (!narrowed) return <EmptyState icon={BookOpen} title={title} />;
  return (
    <EmptyState
      icon={SearchX}
      title={search.text === undefined ? say('empty.noneFiltered') : say('empty.none', { text: search.text })}
      action={
        <Button
          onClick={() =>
            void navigate({ search: search.show === undefined ? {} : { show: search.show }, replace: true })
          }
        >
          {say('empty.reset')}
        </Button>
      }
    >
      {search.text === undefined ? undefined : say('empty.hint')}
    </EmptyState>
  );
}

const commonQuestion = ({ text, theme, form, base }: CatalogSearch, pageSize: number) => ({
  pageSize,
  ...(text === undefined ? {} : { text }),
  ...(theme === undefined ? {} : { themeId: theme }),
  ...(form === undefined ? {} : { form }),
  ...(base === undefined ? {} : { baseId: base }),
});

/** The question to the server for the courses that a search leaves. */
export const courseQuestion = (search: CatalogSearch, pageSize: number) => ({
  ...commonQuestion(search, pageSize),
  ...(search.length === undefined ? {} : { maxClassHours: search.length * AMOUNT_UNIT }),
});

export const lessonQuestion = (search: CatalogSearch, pageSize: number) => ({
  ...commonQuestion(search, pageSize),
  ...(search.length === undefined ? {} : { maxMinutes: search.length }),
});
