import { useApi } from '@cadre/client/api';
import { useNow } from '@cadre/client/clock';
import {
  baseDayNames,
  designationLevelNames,
  instructorKindNames,
  tierNames,
  venueKindNames,
  weekdayNames,
} from '@cadre/client/naming';
import { clockTime, instantOf, toCivilDate } from '@cadre/domain/core';
import type { Base, BaseFile } from '@cadre/domain/network';
import { useFormat } from '@cadre/ui/format';
import { Card, FactList, Page, Row, RowList, Section, StateTag } from '@cadre/ui/learner';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { QueryView } from '../../shared/failure';
import { BackLink, RowLink } from '../../shared/links';
import { ListSection } from '../../shared/list-section';
import { networkWords } from './network.words';

const route = getRouteApi('/signed-in/courses/bases/$baseId');

/** A base: what it teaches, when it is open and how to get there. */
export function BasePage() {
  const say = networkWords.use();
  const format = useFormat();
  const api = useApi();
  const { baseId } = route.useParams();
  const query = useQuery({
    ...api.network.get.queryOptions({ baseId }),
    meta: { live: ['network:changed', 'session:changed'], keep: true },
  });
  const { data } = query;
  return (
    <Page
      title={data ? format.text(data.base.name) : say('bases')}
      lead={data && format.text(data.base.theme)}
      back={<BackLink to="/courses/bases" label={say('base.back')} />}
    >
      <QueryView query={query} rows={8}>
        {(file) => (
          <>
            <About file={file} />
            {file.base.access !== '' && (
              <Section title={say('base.access')}>
                <p className="text-pretty">{file.base.access}</p>
              </Section>
            )}
            <Hours base={file.base} />
            <Courses file={file} />
            <Venues file={file} />
            <Instructors file={file} />
            <CaseSites file={file} />
          </>
        )}
      </QueryView>
    </Page>
  );
}

function About({ file: { base, parent, today, upcomingSessions } }: { readonly file: BaseFile }) {
  const say = networkWords.use();
  const format = useFormat();
  const { province, city, county } = base.location;
  const facts = [
    { name: say('base.place'), value: [...new Set([province, city, county])].join(' ') },
    { name: say('base.capacity'), value: format.amount(base.capacityPerHalfDay, 'person') },
    { name: say('base.belongsTo'), value: parent && format.text(parent.name) },
    {
      name: say('base.designations'),
      value: base.designations
        .map(({ level, title }) => `${format.text(designationLevelNames[level])} ${title}`)
        .join('；'),
    },
  ];
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <StateTag tone="primary">{format.text(tierNames[base.tier])}</StateTag>
        <StateTag tone={today === 'open' ? 'met' : 'wait'}>{format.text(baseDayNames[today])}</StateTag>
        {base.demo && <StateTag tone="neutral">{say('base.demo')}</StateTag>}
      </div>
      {base.description !== '' && <p className="text-pretty">{base.description}</p>}
      <Card>
        <div className="p-4">
          <FactList facts={facts} />
        </div>
        <p className="px-4 py-3 text-ink-2">
          {upcomingSessions > 0
            ? say('base.upcoming', { count: upcomingSessions })
            : say('base.upcomingNone')}
        </p>
      </Card>
    </>
  );
}

/** Days in a row with the same hours share a line: 周一至周五. */
function hourLines(base: Base): { first: number; last: number; hours: string }[] {
  const lines: { first: number; last: number; hours: string }[] = [];
  for (let weekday = 1; weekday <= 7; weekday += 1) {
    const hours = base.openingHours
      .filter((entry) => entry.weekday === weekday)
      .sort((a, b) => a.from - b.from)
      .map(({ from, to }) => `${clockTime(from)}–${clockTime(to)}`)
      .join('、');
    const last = lines.at(-1);
    if (last?.hours === hours) last.last = weekday;
    else lines.push({ first: weekday, last: weekday, hours });
  }
  return lines;
}

function Hours({ base }: { readonly base: Base }) {
  const say = networkWords.use();
  const format = useFormat();
  const now = useNow(60_000);
  const weekday = (day: number): string => format.text(weekdayNames[day] ?? { zh: '', en: '' });
  const coming = base.blackouts.filter(({ to }) => to >= toCivilDate(now));
  return (
    <Section title={say('base.hours')}>
      <Card>
        <div className="p-4">
          <FactList
            facts={hourLines(base).map(({ first, last, hours }) => ({
              name: first === last ? weekday(first) : `${weekday(first)}–${weekday(last)}`,
              value: hours === '' ? say('base.closed') : hours,
            }))}
          />
        </div>
        {coming.length > 0 && (
          <div className="px-4 py-3">
            <p className="text-ink-2">{say('base.blackouts')}</p>
            <ul>
              {coming.map(({ from, to, reason }) => (
                <li key={from}>
                  {format.days(instantOf(from), instantOf(to))} · {reason}
                </li>
              ))}
            </ul>
          </div>
        )}
      </Card>
    </Section>
  );
}

function Courses({ file: { courses } }: { readonly file: BaseFile }) {
  const say = networkWords.use();
  const format = useFormat();
  return (
    <ListSection title={say('base.courses')} items={courses} empty={say('base.noCourses')}>
      {(course) => (
        <RowLink
          key={course.id}
          to="/courses/$courseId"
          params={{ courseId: course.id }}
          title={format.text(course.title)}
        />
      )}
    </ListSection>
  );
}

function Venues({ file: { venues } }: { readonly file: BaseFile }) {
  const say = networkWords.use();
  const format = useFormat();
  return (
    <ListSection title={say('base.venues')} items={venues} empty={say('base.noVenues')}>
      {(venue) => (
        <Row
          key={venue.id}
          title={format.text(venue.name)}
          facts={[format.text(venueKindNames[venue.kind])]}
          trailing={say('base.seats', { count: venue.capacity })}
        />
      )}
    </ListSection>
  );
}

function Instructors({ file: { instructors } }: { readonly file: BaseFile }) {
  const say = networkWords.use();
  const format = useFormat();
  return (
    <ListSection title={say('base.instructors')} items={instructors} empty={say('base.noInstructors')}>
      {(instructor) => (
        <Row
          key={instructor.id}
          title={instructor.name}
          facts={[instructor.title === '' ? undefined : instructor.title]}
          trailing={format.text(instructorKindNames[instructor.kind])}
        />
      )}
    </ListSection>
  );
}

function CaseSites({ file: { caseSites } }: { readonly file: BaseFile }) {
  const say = networkWords.use();
  const format = useFormat();
  if (caseSites.length === 0) return null;
  return (
    <Section title={say('base.caseSites')}>
      <RowList label={say('base.caseSites')}>
        {caseSites.map((site) => (
          <RowLink
            key={site.id}
            to="/courses/bases/$baseId"
            params={{ baseId: site.id }}
            title={format.text(site.name)}
          />
        ))}
      </RowList>
    </Section>
  );
}
