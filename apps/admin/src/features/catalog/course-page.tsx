import { useApi, useAppClient } from '@cadre/client/api';
import { courseFormNames, courseStatusNames } from '@cadre/client/naming';
import { useActor } from '@cadre/client/session';
import { canManageCatalog, COURSE_MOVES, type Course, type CourseFile } from '@cadre/domain/catalog';
import { Page, StateTag } from '@cadre/ui/admin';
import { sayDone } from '@cadre/ui/feedback';
import { useFormat } from '@cadre/ui/format';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button, Descriptions, Popconfirm } from 'antd';
import { useState } from 'react';
import { Failed, QueryView } from '../../shared/failure';
import { TextLink } from '../../shared/links';
import { catalogWords } from './catalog.words';
import { CourseForm } from './course-form';
import { CourseState } from './course-look';
import { CourseLessons } from './course-lessons';

const route = getRouteApi('/signed-in/catalog/courses/$courseId');

/** One course as one page: what it is, where it is taught, its micro-lessons. */
export function CoursePage() {
  const say = catalogWords.use();
  const api = useApi();
  const { courseId } = route.useParams();
  const query = useQuery({
    ...api.catalog.course.queryOptions({ courseId }),
    meta: { live: ['catalog:changed', 'network:changed'] },
  });
  if (query.data) return <CourseFilePage key={courseId} file={query.data} />;
  return (
    <Page title={say('title')}>
      <QueryView query={query} rows={10}>
        {() => null}
      </QueryView>
    </Page>
  );
}

function CourseFilePage({ file }: { readonly file: CourseFile }) {
  const say = catalogWords.use();
  const format = useFormat();
  const manages = canManageCatalog(useActor());
  const [editing, setEditing] = useState(false);
  const { course, theme } = file;
  return (
    <Page
      title={format.text(course.title)}
      trail={
        <TextLink to="/catalog" search={{ tab: 'courses' }}>
          {say('title')}
        </TextLink>
      }
      lead={
        <span className="flex flex-wrap items-center gap-2 pt-1">
          <span>{course.code}</span>
          <span>{format.text(theme.name)}</span>
          <CourseState status={course.status} reviewBy={course.reviewBy} />
          {course.demo && <StateTag tone="neutral">{say('demo')}</StateTag>}
        </span>
      }
      actions={
        manages && (
          <>
            <Button onClick={() => setEditing(true)}>{say('course.edit')}</Button>
            <Moves course={course} />
          </>
        )
      }
    >
      <About file={file} />
      <CourseLessons file={file} manages={manages} />
      {editing && (
        <CourseForm
          key={course.revision}
          course={course}
          onClose={() => setEditing(false)}
          onSaved={() => undefined}
        />
      )}
    </Page>
  );
}

function About({ file: { course, alsoTouches, bases } }: { readonly file: CourseFile }) {
  const say = catalogWords.use();
  const format = useFormat();
  return (
    <Descriptions
      className="rounded-card bg-surface"
      bordered
      size="small"
      column={{ xs: 1, xl: 2 }}
      styles={{ label: { width: '10em' } }}
      items={[
        {
          key: 'forms',
          label: say('courses.forms'),
          children: course.forms.map((form) => format.text(courseFormNames[form])).join(' / '),
        },
        {
          key: 'hours',
          label: say('courses.hours'),
          children: format.measure(course.classHours, 'classHour'),
        },
        { key: 'audience', label: say('course.audience'), children: course.audience },
        { key: 'abilities', label: say('course.abilities'), children: course.abilities.join(' · ') },
        { key: 'reviewBy', label: say('courses.reviewBy'), children: course.reviewBy },
        { key: 'version', label: say('course.version'), children: course.version },
        {
          key: 'also',
          label: say('course.also'),
          children: alsoTouches.map((theme) => format.text(theme.name)).join(' · '),
        },
        {
          key: 'bases',
          label: say('courses.bases'),
          children:
            bases.length === 0 ? (
              say('course.noBases')
            ) : (
              <span className="flex flex-wrap gap-x-4">
                {bases.map((base) => (
                  <TextLink key={base.id} to="/network/$baseId" params={{ baseId: base.id }}>
                    {format.text(base.name)}
                  </TextLink>
                ))}
              </span>
            ),
        },
        { key: 'summary', label: say('course.summary'), span: 'filled', children: course.summary },
      ]}
    />
  );
}

/** The next steps of a course's life. Withdrawing asks once. */
function Moves({ course }: { readonly course: Course }) {
  const say = catalogWords.use();
  const format = useFormat();
  const api = useApi();
  const { queries } = useAppClient();
  const title = format.text(course.title);
  const move = useMutation(
    api.catalog.moveCourse.mutationOptions({
      onSuccess: ({ status }) => {
        void queries.invalidateQueries(api.catalog.pathFilter());
        sayDone(say('move.done', { title, to: format.text(courseStatusNames[status]) }));
      },
    }),
  );
  const go = (to: Course['status']): void =>
    move.mutate({ courseId: course.id, revision: course.revision, to });
  return (
    <>
      {COURSE_MOVES[course.status].map((to) =>
        to === 'withdrawn' ? (
          <Popconfirm
            key={to}
            title={say('move.withdrawAsk', { title })}
            description={say('move.withdrawText')}
            okText={say('move.withdrawn')}
            okButtonProps={{ danger: true }}
            onConfirm={() => go(to)}
          >
            <Button danger>{say('move.withdrawn')}</Button>
          </Popconfirm>
        ) : (
          <Button
            key={to}
            type={to === 'published' ? 'primary' : 'default'}
            loading={move.isPending}
            onClick={() => go(to)}
          >
            {say(`move.${to}`)}
          </Button>
        ),
      )}
      {move.error && (
        <div className="w-full">
          <Failed error={move.error} />
        </div>
      )}
    </>
  );
}
