import { useApi } from '@cadre/client/api';
import { useFollow } from '@cadre/client/live';
import { enrollmentStateNames } from '@cadre/client/naming';
import type { MyEnrollment } from '@cadre/domain/enrollment';
import type { ClassCard } from '@cadre/domain/training';
import { useFormat } from '@cadre/ui/format';
import { EmptyState, Page, RowList, Section, Segmented, StateTag, WrittenTitle } from '@cadre/ui/learner';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { SearchX, Users } from 'lucide-react';
import { useState } from 'react';
import { QueryView } from '../../shared/failure';
import { FoundList, STEP } from '../../shared/found-list';
import { BackLink, ButtonLink, RowLink } from '../../shared/links';
import { SearchField } from '../../shared/search-field';
import { enrollmentWords } from './enrollment.words';
import { SeatState } from './seat-state';

const route = getRouteApi('/signed-in/classes');

const FACTS = ['class:changed', 'session:changed', 'enrollment:changed'] as const;

/** 培训班: what can be enrolled in, and what one is enrolled in. */
export function ClassesPage() {
  const say = enrollmentWords.use();
  const { show, text } = route.useSearch();
  const navigate = route.useNavigate();
  useFollow({ kind: 'network' });
  return (
    <Page title={say('title')} back={<BackLink to="/schedule" label={say('back')} />}>
      <Segmented
        label={say('show.label')}
        quietLabel
        choices={[
          { value: 'open', label: say('show.open') },
          { value: 'mine', label: say('show.mine') },
        ]}
        value={show ?? 'open'}
        onChange={(next) => void navigate({ search: next === 'mine' ? { show: 'mine' } : {}, replace: true })}
      />
      {show === 'mine' ? <MyEnrollments /> : <OpenClasses key={text ?? ''} text={text ?? ''} />}
    </Page>
  );
}

function OpenClasses({ text }: { readonly text: string }) {
  const say = enrollmentWords.use();
  const navigate = route.useNavigate();
  const api = useApi();
  const [pageSize, setPageSize] = useState(STEP);
  const query = useQuery({
    ...api.training.openClasses.queryOptions({ search: text, pageSize }),
    placeholderData: keepPreviousData,
    meta: { live: FACTS, keep: true },
  });
  return (
    <>
      <SearchField
        label={say('search.label')}
        clearLabel={say('search.clear')}
        value={text}
        onSearch={(next) => void navigate({ search: next === '' ? {} : { text: next }, replace: true })}
      />
      <FoundList
        query={query}
        summary={(count) => say('total', { count })}
        empty={<NoClasses text={text} />}
        onMore={setPageSize}
      >
        {(value) => <ClassRow key={value.id} value={value} />}
      </FoundList>
    </>
  );
}

function NoClasses({ text }: { readonly text: string }) {
  const say = enrollmentWords.use();
  return text === '' ? (
    <EmptyState icon={Users} title={say('empty.open')} />
  ) : (
    <EmptyState icon={SearchX} title={say('empty.none', { text })}>
      {say('empty.hint')}
    </EmptyState>
  );
}

/** Three facts: what, when and where, what it brings and whether it fits. */
function ClassRow({ value }: { readonly value: ClassCard }) {
  const say = enrollmentWords.use();
  const format = useFormat();
  const days = value.startsAt && value.endsAt ? format.days(value.startsAt, value.endsAt) : '';
  const earns = format.worth(value.earns.days, value.earns.classHours);
  return (
    <RowLink
      to="/classes/$classId"
      params={{ classId: value.id }}
      title={<WrittenTitle title={value.title} course={value.courseTitle} />}
      facts={[
        [days, format.text(value.baseName)].filter((part) => part !== '').join(' · '),
        earns === '' ? undefined : say('earns', { amounts: earns }),
      ]}
      below={
        <>
          <SeatState value={value} />
          {value.mine === null && value.clashes.length > 0 && (
            <StateTag tone="wait">{say('clash.some')}</StateTag>
          )}
        </>
      }
    />
  );
}

function MyEnrollments() {
  const say = enrollmentWords.use();
  const api = useApi();
  const current = useQuery({
    ...api.enrollment.mine.queryOptions({ which: 'current', pageSize: 100 }),
    meta: { live: FACTS, keep: true },
  });
  const past = useQuery({
    ...api.enrollment.mine.queryOptions({ which: 'past', pageSize: STEP }),
    meta: { live: FACTS, keep: true },
  });
  return (
    <>
      <QueryView query={current} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState
              icon={Users}
              title={say('empty.mine')}
              action={
                <ButtonLink to="/classes" search={{}} variant="primary">
                  {say('empty.find')}
                </ButtonLink>
              }
            />
          ) : (
            <RowList label={say('show.mine')}>
              {items.map((value) => (
                <EnrollmentRow key={value.id} value={value} />
              ))}
            </RowList>
          )
        }
      </QueryView>
      {past.data && past.data.items.length > 0 && (
        <Section title={say('past')}>
          <RowList label={say('past')}>
            {past.data.items.map((value) => (
              <EnrollmentRow key={value.id} value={value} />
            ))}
          </RowList>
        </Section>
      )}
    </>
  );
}

function EnrollmentRow({ value }: { readonly value: MyEnrollment }) {
  const say = enrollmentWords.use();
  const format = useFormat();
  const { startsAt, endsAt, title, courseTitle, baseName } = value.class;
  return (
    <RowLink
      to="/classes/$classId"
      params={{ classId: value.classId }}
      title={<WrittenTitle title={title} course={courseTitle} />}
      facts={[
        [startsAt && endsAt ? format.days(startsAt, endsAt) : '', format.text(baseName)]
          .filter((part) => part !== '')
          .join(' · '),
      ]}
      below={
        <StateTag tone={value.state === 'waiting' ? 'wait' : value.state === 'enrolled' ? 'met' : 'neutral'}>
          {value.position === null
            ? format.text(enrollmentStateNames[value.state])
            : say('seats.waiting', { position: value.position })}
        </StateTag>
      }
    />
  );
}
