import { useApi } from '@cadre/client/api';
import { useFollow } from '@cadre/client/live';
import type { RegulationFile } from '@cadre/domain/regulation';
import { EmptyState, Page, RefusalNotice, Section } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { useLangOf } from '@cadre/ui/i18n';
import { skipToken, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Tabs } from 'antd';
import { FileQuestion, ListChecks } from 'lucide-react';
import { QueryView } from '../../shared/failure';
import { RegulationActions } from './regulation-actions';
import { RegulationBench } from './regulation-bench';
import {
  AuthorNotes,
  DataLines,
  DraftNotice,
  RegulationStateTag,
  RuleText,
  useEffectText,
} from './regulation-look';
import { previewWords } from './preview.words';
import { PreviewNotice, RegulationPreview } from './regulation-preview';
import { regulationTab, versionNumber } from './regulation-search';
import { regulationWords } from './regulation.words';

const route = getRouteApi('/signed-in/credit/regulations/$code/$version');

/** One version of a regulation: clauses beside data, examples, the author's file, and its next step. */
export function RegulationPage() {
  const say = regulationWords.use();
  const api = useApi();
  const { code, version } = route.useParams();
  const number = versionNumber(version);
  useFollow({ kind: 'network' });
  const query = useQuery({
    ...api.regulation.read.queryOptions(number === undefined ? skipToken : { code, version: number }),
    meta: { live: ['regulation:changed'] },
  });
  if (query.data) return <Version file={query.data} />;
  return (
    <Page title={say('title')} trail={<Link to="/credit/regulations">{say('title')}</Link>}>
      {number === undefined ? (
        <EmptyState icon={FileQuestion} title={say('noVersion', { code, version })}>
          {say('noVersionText')}
        </EmptyState>
      ) : (
        <QueryView query={query}>{() => null}</QueryView>
      )}
    </Page>
  );
}

function Version({ file }: { readonly file: RegulationFile }) {
  const say = regulationWords.use();
  const format = useFormat();
  const effect = useEffectText();
  const sayPreview = previewWords.use();
  const { tab: asked = 'clauses' } = route.useSearch();
  const tab = asked === 'preview' && file.previewOf === null ? 'clauses' : asked;
  const navigate = route.useNavigate();
  const setTab = (key: string) => void navigate({ search: regulationTab({ tab: key }), replace: true });
  const failing = file.examples.filter(({ holds }) => !holds).length;
  return (
    <Page
      title={`${format.text(file.title)} · ${say('versionNo', { version: file.version })}`}
      trail={<Link to="/credit/regulations">{say('title')}</Link>}
      lead={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <RegulationStateTag state={file.state} returned={file.returned} />
          <span>{effect(file)}</span>
          <span>{format.text(file.unit)}</span>
          <span>{file.author === null ? say('takenOver') : `${say('author')} ${file.author}`}</span>
          {file.approver !== null && (
            <span>
              {say('approver')} {file.approver}
            </span>
          )}
        </span>
      }
      actions={<RegulationActions file={file} />}
    >
      {file.draft && file.draft.remark !== '' && (
        <RefusalNotice
          what={say(file.returned === null ? 'takenBack' : 'remark', { remark: file.draft.remark })}
        />
      )}
      {file.draft && tab !== 'preview' && (
        <PreviewNotice draftId={file.draft.id} onLook={() => setTab('preview')} />
      )}
      {file.draft && failing > 0 && tab !== 'examples' && (
        <DraftNotice
          icon={ListChecks}
          isFine={false}
          look={say('lookExamples')}
          onLook={() => setTab('examples')}
        >
          {say('examplesMoved', { failing, all: file.examples.length })}
        </DraftNotice>
      )}
      <AuthorNotes notes={file.notes} />
      <Tabs
        activeKey={tab}
        onChange={setTab}
        items={[
          { key: 'clauses', label: say('tabs.clauses'), children: <Clauses file={file} /> },
          {
            key: 'examples',
            label:
              failing === 0
                ? `${say('tabs.examples')} ${file.examples.length}`
                : say('tabs.examplesHold', {
                    hold: file.examples.length - failing,
                    all: file.examples.length,
                  }),
            children: <RegulationBench file={file} />,
          },
          ...(file.previewOf !== null
            ? [
                {
                  key: 'preview',
                  label: sayPreview('tab'),
                  children: <RegulationPreview draftId={file.previewOf} />,
                },
              ]
            : []),
          {
            key: 'text',
            label: say('tabs.text'),
            children: <RuleText text={file.text} />,
          },
        ]}
      />
    </Page>
  );
}

function Clauses({ file }: { readonly file: RegulationFile }) {
  const say = regulationWords.use();
  const langOf = useLangOf();
  return (
    <div className="flex flex-col gap-4">
      <div className="overflow-x-auto rounded-card border border-line bg-surface">
        <table className="w-full border-collapse text-start">
          <thead>
            <tr className="border-b border-line text-ink-2">
              <th scope="col" className="w-1/2 px-4 py-2 text-start font-medium">
                {say('clause')}
              </th>
              <th scope="col" className="px-4 py-2 text-start font-medium">
                {say('data')}
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {file.clauses.map((clause) => (
              <tr key={clause.number} className="align-top">
                <td className="px-4 py-3">
                  <span className="me-2 font-semibold">{clause.number}</span>
                  <span lang={langOf(clause.text)}>{clause.text}</span>
                </td>
                <td className="border-s border-line px-4 py-3">
                  {clause.lines.length > 0 ? (
                    <DataLines lines={clause.lines} />
                  ) : (
                    <span className="text-ink-2">{say('noData')}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {file.rest.length > 0 && (
        <Section title={say('definitions')}>
          <DataLines lines={file.rest} />
        </Section>
      )}
    </div>
  );
}
