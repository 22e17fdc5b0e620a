import { useApi } from '@cadre/client/api';
import { courseFormNames, enrollmentStateNames } from '@cadre/client/naming';
import type { CourseFile } from '@cadre/domain/catalog';
import { instantOf } from '@cadre/domain/core';
import { useFormat } from '@cadre/ui/format';
import { Card, FactList, Page, Quiet, Row, RowList, Section, WrittenTitle } from '@cadre/ui/learner';
import { useLangOf } from '@cadre/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { QueryView } from '../../shared/failure';
import { BackLink, RowLink } from '../../shared/links';
import { ListSection } from '../../shared/list-section';
import { catalogWords } from './catalog.words';

const route = getRouteApi('/signed-in/courses/$courseId');

/** 课程详情: what it is about, when and where it can be attended, and its micro-lessons. */
export function CoursePage() {
  const say = catalogWords.use();
  const format = useFormat();
  const api = useApi();
  const { courseId } = route.useParams();
  const query = useQuery({
    ...api.catalog.course.queryOptions({ courseId }),
    meta: { live: ['catalog:changed', 'network:changed'], keep: true },
  });
  const { data } = query;
  return (
    <Page
      title={data ? format.text(data.course.title) : say('title')}
      lead={data && format.text(data.theme.name)}
      back={<BackLink to="/courses" label={say('course.back')} />}
    >
      <QueryView query={query} rows={8}>
        {(file) => (
          <>
            {file.course.summary !== '' && <p className="text-pretty">{file.course.summary}</p>}
            <OpenClasses courseId={courseId} />
            <About file={file} />
            <ListSection title={say('course.bases')} items={file.bases} empty={say('course.noBases')}>
              {(base) => (
                <RowLink
                  key={base.id}
                  to="/courses/bases/$baseId"
                  params={{ baseId: base.id }}
                  title={format.text(base.name)}
                  facts={[base.county]}
                />
              )}
            </ListSection>
            <Lessons file={file} />
          </>
        )}
      </QueryView>
    </Page>
  );
}

function About({ file: { course, alsoTouches } }: { readonly file: CourseFile }) {
  const say = catalogWords.use();
  const format = useFormat();
  const facts = [
    { name: say('course.hours'), value: format.measure(course.classHours, 'classHour') },
    {
      name: say('course.forms'),
      value: course.forms.map((form) => format.text(courseFormNames[form])).join(' / '),
    },
    { name: say('course.audience'), value: course.audience },
    { name: say('course.abilities'), value: course.abilities.join(' · ') },
    { name: say('course.also'), value: alsoTouches.map((theme) => format.text(theme.name)).join(' · ') },
    { name: say('course.reviewBy'), value: format.day(instantOf(course.reviewBy), new Date(0)) },
    { name: say('course.code'), value: course.code },
  ];
  return (
    <Section title={say('course.about')}>
      <Card padded>
        <FactList facts={facts} />
      </Card>
    </Section>
  );
}

function OpenClasses({ courseId }: { readonly courseId: string }) {
  const say = catalogWords.use();
  const format = useFormat();
  const api = useApi();
  const query = useQuery({
    ...api.training.openClasses.queryOptions({ courseId }),
    meta: { live: ['class:changed', 'session:changed', 'enrollment:changed'], keep: true },
  });
  return (
    <Section title={say('course.classes')}>
      <QueryView query={query} rows={1}>
        {({ items }) =>
          items.length === 0 ? (
            <Quiet>{say('course.noClasses')}</Quiet>
          ) : (
            <RowList label={say('course.classes')}>
              {items.map((entry) => {
                const left = entry.capacity - entry.seatsTaken;
                return (
                  <RowLink
                    key={entry.id}
                    to="/classes/$classId"
                    params={{ classId: entry.id }}
                    title={<WrittenTitle title={entry.title} course={null} />}
                    facts={[
                      entry.startsAt && entry.endsAt ? format.span(entry.startsAt, entry.endsAt) : undefined,
                    ]}
                    trailing={
                      entry.mine
                        ? format.text(enrollmentStateNames[entry.mine.state])
                        : left > 0
                          ? say('course.seatsLeft', { count: left })
                          : say('course.full')
                    }
                  />
                );
              })}
            </RowList>
          )
        }
      </QueryView>
    </Section>
  );
}

function Lessons({ file: { microLessons } }: { readonly file: CourseFile }) {
  const say = catalogWords.use();
  const format = useFormat();
  const langOf = useLangOf();
  const minutes = microLessons.reduce((sum, lesson) => sum + lesson.lengthMinutes, 0);
  return (
    <ListSection
      title={say('course.lessons')}
      items={microLessons}
      empty={say('course.noLessons')}
      aside={
        microLessons.length > 0 && (
          <span className="text-ink-2">
            {say('course.lessonsSum', { count: microLessons.length, minutes: format.minutes(minutes) })}
          </span>
        )
      }
    >
      {(lesson) => (
        <Row
          key={lesson.id}
          leading={<span className="inline-block w-6 text-right tabular-nums">{lesson.order}</span>}
          title={
            <span id={lesson.code} lang={langOf(lesson.title)}>
              {lesson.title}
            </span>
          }
          trailing={format.minutes(lesson.lengthMinutes)}
        />
      )}
    </ListSection>
  );
}
