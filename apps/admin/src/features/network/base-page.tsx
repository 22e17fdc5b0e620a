import { useApi, useAppClient } from '@cadre/client/api';
import { baseStatusNames, designationLevelNames, tierNames } from '@cadre/client/naming';
import { useActor } from '@cadre/client/session';
import {
  BASE_MOVES,
  canManageNetwork,
  canRunBase,
  isMember,
  type Base,
  type BaseFile,
  type BaseStatus,
} from '@cadre/domain/network';
import { EmptyState, Page, StateTag } from '@cadre/ui/admin';
import { sayDone } from '@cadre/ui/feedback';
import { useFormat } from '@cadre/ui/format';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button, Descriptions, Dropdown, Modal, Tabs } from 'antd';
import { BookOpen, ChevronDown, MapPin } from 'lucide-react';
import { useState } from 'react';
import { Failed, QueryView } from '../../shared/failure';
import { TextLink } from '../../shared/links';
import { BaseForm } from './base-form';
import { stateName, statusTone } from './base-look';
import { InstructorsTab } from './instructors-tab';
import { baseTab } from './network-search';
import { networkWords } from './network.words';
import { OpeningTab } from './opening-tab';
import { VenuesTab } from './venues-tab';

const route = getRouteApi('/signed-in/network/$baseId');

/** One base as one page: what it is, its venues, people, opening hours and courses. */
export function BasePage() {
  const say = networkWords.use();
  const api = useApi();
  const { baseId } = route.useParams();
  const query = useQuery({
    ...api.network.get.queryOptions({ baseId }),
    meta: { live: ['network:changed', 'session:changed', 'catalog:changed'] },
  });
  if (query.data) return <BaseFilePage key={baseId} file={query.data} title={say('title')} />;
  return (
    <Page title={say('title')}>
      <QueryView query={query} rows={10}>
        {() => null}
      </QueryView>
    </Page>
  );
}

function BaseFilePage({ file, title }: { readonly file: BaseFile; readonly title: string }) {
  const say = networkWords.use();
  const format = useFormat();
  const actor = useActor();
  const { tab = 'about' } = route.useSearch();
  const navigate = route.useNavigate();
  const [editing, setEditing] = useState(false);
  const { base } = file;
  const manages = canManageNetwork(actor);
  const runs = canRunBase(actor, base.id);
  const tabs = [
    { key: 'about', label: say('tabs.about'), children: <AboutTab file={file} /> },
    {
      key: 'venues',
      label: `${say('tabs.venues')} ${file.venues.length}`,
      children: <VenuesTab baseId={base.id} venues={file.venues} runs={runs} />,
    },
    {
      key: 'instructors',
      label: `${say('tabs.instructors')} ${file.instructors.length}`,
      children: <InstructorsTab baseId={base.id} instructors={file.instructors} runs={runs} />,
    },
    {
      key: 'opening',
      label: say('tabs.opening'),
      children: <OpeningTab key={base.revision} base={base} runs={runs} />,
    },
    {
      key: 'courses',
      label: `${say('tabs.courses')} ${file.courses.length}`,
      children: <CoursesTab file={file} />,
    },
    ...(base.tier === 'case'
      ? []
      : [
          {
            key: 'sites',
            label: `${say('tabs.sites')} ${file.caseSites.length}`,
            children: <SitesTab file={file} />,
          },
        ]),
  ];
  return (
    <Page
      title={format.text(base.name)}
      trail={<TextLink to="/network">{title}</TextLink>}
      lead={
        <span className="flex flex-wrap items-center gap-2 pt-1">
          <span>{base.code}</span>
          <StateTag tone="primary">{format.text(tierNames[base.tier])}</StateTag>
          <StateTag tone={statusTone[base.status]}>{format.text(baseStatusNames[base.status])}</StateTag>
          {base.status === 'listed' && (
            <StateTag tone={file.today === 'open' ? 'met' : 'neutral'}>
              {format.text(stateName({ status: base.status, today: file.today }))}
            </StateTag>
          )}
          {base.demo && <StateTag tone="neutral">{say('demo')}</StateTag>}
        </span>
      }
      actions={
        manages && (
          <>
            <Button onClick={() => setEditing(true)}>{say('base.edit')}</Button>
            <MoveButton base={base} />
          </>
        )
      }
    >
      <Tabs
        activeKey={tab}
        onChange={(key) => void navigate({ search: baseTab({ tab: key }), replace: true })}
        items={tabs}
      />
      {manages && (
        <BaseForm
          key={base.revision}
          open={editing}
          onClose={() => setEditing(false)}
          onSaved={() => setEditing(false)}
          base={base}
        />
      )}
    </Page>
  );
}

function AboutTab({ file: { base, parent, venues, upcomingSessions } }: { readonly file: BaseFile }) {
  const say = networkWords.use();
  const format = useFormat();
  const { province, city, county, latitude, longitude, datum, accuracyKm } = base.location;
  return (
    <Descriptions
      className="rounded-card bg-surface"
      bordered
      size="small"
      column={{ xs: 1, xl: 2 }}
      styles={{ label: { width: '10em' } }}
      items={[
        { key: 'theme', label: say('base.theme'), children: format.text(base.theme) },
        {
          key: 'place',
          label: say('base.place'),
          children: [...new Set([province, city, county])].join(' '),
        },
        {
          key: 'capacity',
          label: say('base.capacity'),
          children: format.amount(base.capacityPerHalfDay, 'person'),
        },
        {
          key: 'coordinates',
          label: say('base.coordinates'),
          children: `${latitude}, ${longitude} (${datum}) · ${say('base.accuracy', { km: accuracyKm })}`,
        },
        ...(parent
          ? [
              {
                key: 'parent',
                label: say('base.belongsTo'),
                children: (
                  <TextLink to="/network/$baseId" params={{ baseId: parent.id }}>
                    {format.text(parent.name)}
                  </TextLink>
                ),
              },
            ]
          : []),
        {
          key: 'upcoming',
          label: say('base.upcoming'),
          children: (
            <span className="flex flex-wrap gap-x-4">
              {say('base.sessions', { count: upcomingSessions })}
              {venues.length > 0 ? (
                <TextLink to="/training">{say('base.seeTimetable')}</TextLink>
              ) : (
                <span className="text-ink-2">{say('base.noVenue')}</span>
              )}
            </span>
          ),
        },
        {
          key: 'designations',
          label: say('base.designations'),
          span: 'filled',
          children:
            base.designations.length === 0 ? (
              say('base.none')
            ) : (
              <ul>
                {base.designations.map(({ level, title, authority, from, to }) => (
                  <li key={`${authority}${title}${from}`}>
                    {[
                      format.text(designationLevelNames[level]),
                      title,
                      authority,
                      to === null ? say('base.since', { from }) : say('base.span', { from, to }),
                    ].join(' · ')}
                  </li>
                ))}
              </ul>
            ),
        },
        {
          key: 'description',
          label: say('base.description'),
          span: 'filled',
          children: base.description || say('base.none'),
        },
        {
          key: 'access',
          label: say('base.access'),
          span: 'filled',
          children: base.access || say('base.none'),
        },
      ]}
    />
  );
}

function CoursesTab({ file: { courses } }: { readonly file: BaseFile }) {
  const say = networkWords.use();
  const format = useFormat();
  if (courses.length === 0) return <EmptyState icon={BookOpen} title={say('base.noCourses')} />;
  return (
    <ul className="divide-y divide-line rounded-card border border-line bg-surface">
      {courses.map((course) => (
        <li key={course.id} className="flex gap-4 px-4 py-2">
          <span className="w-20 shrink-0 text-ink-2">{course.code}</span>
          <TextLink to="/catalog/courses/$courseId" params={{ courseId: course.id }}>
            {format.text(course.title)}
          </TextLink>
        </li>
      ))}
    </ul>
  );
}

function SitesTab({ file: { caseSites } }: { readonly file: BaseFile }) {
  const say = networkWords.use();
  const format = useFormat();
  if (caseSites.length === 0) return <EmptyState icon={MapPin} title={say('base.noSites')} />;
  return (
    <ul className="divide-y divide-line rounded-card border border-line bg-surface">
      {caseSites.map((site) => (
        <li key={site.id} className="flex items-center gap-4 px-4 py-2">
          <span className="w-12 shrink-0 text-ink-2">{site.code}</span>
          <TextLink to="/network/$baseId" params={{ baseId: site.id }}>
            {format.text(site.name)}
          </TextLink>
          <StateTag tone={statusTone[site.status]}>{format.text(baseStatusNames[site.status])}</StateTag>
        </li>
      ))}
    </ul>
  );
}

/** The next steps of a base's life; each asks once and says what it does. */
function MoveButton({ base }: { readonly base: Base }) {
  const say = networkWords.use();
  const format = useFormat();
  const api = useApi();
  const { queries } = useAppClient();
  const [to, setTo] = useState<BaseStatus | null>(null);
  const move = useMutation(
    api.network.moveBase.mutationOptions({
      onSuccess: (moved) => {
        void queries.invalidateQueries(api.network.pathFilter());
        setTo(null);
        sayDone(
          say('move.done', { name: format.text(moved.name), to: format.text(baseStatusNames[moved.status]) }),
        );
      },
    }),
  );
  const consequence =
    to === null || isMember(to) === isMember(base.status) ? 'keep' : isMember(to) ? 'take' : 'giveBack';
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: BASE_MOVES[base.status].map((status) => ({
            key: status,
            label: format.text(baseStatusNames[status]),
            danger: status === 'delisted',
          })),
          onClick: ({ key }) => setTo(key as BaseStatus),
        }}
      >
        <Button icon={<ChevronDown aria-hidden size="1.1em" />} iconPlacement="end">
          {say('move.open')}
        </Button>
      </Dropdown>
      <Modal
        open={to !== null}
        title={to && say('move.ask', { name: format.text(base.name), to: format.text(baseStatusNames[to]) })}
        okText={to && say('move.do', { to: format.text(baseStatusNames[to]) })}
        okButtonProps={{ loading: move.isPending, danger: to === 'delisted' }}
        onOk={() => to && move.mutate({ baseId: base.id, revision: base.revision, to })}
        onCancel={() => {
          setTo(null);
          move.reset();
        }}
      >
        <p>{say(`move.${consequence}`)}</p>
        <Failed error={move.error} />
      </Modal>
    </>
  );
}
