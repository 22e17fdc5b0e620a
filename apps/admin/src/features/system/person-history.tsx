import { useApi } from '@cadre/client/api';
import { useNow } from '@cadre/client/clock';
import { refusalOf } from '@cadre/client/refusal';
import { useActor } from '@cadre/client/session';
import { wordRefusal } from '@cadre/client/wording';
import { AppError, toCivilDate } from '@cadre/domain/core';
import {
  canKeepDirectory,
  changeHistory,
  findRank,
  goesOnAfter,
  hasRecordedOn,
  historySteps,
  RANK_CODES,
  rankOn,
  withdrawRecordedOn,
  type ChangeHistoryInput,
  type HistoryStep,
  type PersonFile,
} from '@cadre/domain/identity';
import { historyDigest } from '@cadre/domain/ledger';
import { DateField, mustChoose, noLonger, notAfter, Section, StateTag } from '@cadre/ui/admin';
import { sayDone } from '@cadre/ui/feedback';
import { useFormat } from '@cadre/ui/format';
import { useLanguage } from '@cadre/ui/i18n';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import { Failed } from '../../shared/failure';
import { systemWords } from './system.words';
import { useReadAgain } from './use-read-again';
import { movesTargets, yearsOver } from './years-over';

const CHANGES = [
  'transfer',
  'second',
  'second-end',
  'post',
  'post-end',
  'grade',
  'grade-end',
  'retire',
  'reinstate',
] as const;

interface ChangeValues {
  kind: (typeof CHANGES)[number];
  on: string;
  unitId?: string;
  to?: string;
  postLevel?: string;
  title?: string;
  grade?: string;
}

const changeOf = (values: ChangeValues): ChangeHistoryInput['change'] => {
  switch (values.kind) {
    case 'transfer':
      return { kind: 'transfer', unitId: values.unitId ?? '' };
    case 'second':
      return { kind: 'second', unitId: values.unitId ?? '', to: values.to || null };
    case 'second-end':
      return { kind: 'second-end', unitId: values.unitId ?? '' };
    case 'post':
      return { kind: 'post', postLevel: values.postLevel ?? null, title: values.title ?? '' };
    case 'post-end':
      return { kind: 'post', postLevel: null, title: '' };
    case 'grade':
      return { kind: 'grade', grade: values.grade ?? null };
    case 'grade-end':
      return { kind: 'grade', grade: null };
    case 'retire':
      return { kind: 'retire' };
    case 'reinstate':
      return { kind: 'reinstate', unitId: values.unitId ?? '' };
  }
};

type Row = HistoryStep['row'];

/** What a row of the history says: unit, post or grade, and its days. */
function useRowText(known: PersonFile['units']) {
  const say = systemWords.use();
  const format = useFormat();
  const rankName = (code: string) => format.text(findRank(code)?.name ?? { zh: code, en: code });
  const nameOf = (unitId: string) =>
    format.text(known.find((unit) => unit.id === unitId)?.name ?? { zh: unitId, en: unitId });
  const what = (row: Row): string => {
    if ('postLevel' in row) return `${rankName(row.postLevel)} ${row.title}`.trim();
    if ('grade' in row) return rankName(row.grade);
    return row.kind === 'secondment' ? say('seconded', { unit: nameOf(row.unitId) }) : nameOf(row.unitId);
  };
  const days = ({ from, to }: Row) => (to === null ? say('sinceDay', { day: from }) : `${from} – ${to}`);
  return { nameOf, rowText: (row: Row) => `${what(row)} · ${days(row)}` };
}

/** Dated history of units, posts and grades; a change is read over before it is recorded. */
export function PersonHistory({ file }: { readonly file: PersonFile }) {
  const { person } = file;
  const say = systemWords.use();
  const actor = useActor();
  const today = toCivilDate(useNow(60_000));
  const [form] = Form.useForm<ChangeValues>();
  const { rowText } = useRowText(file.units);
  const mayChange = canKeepDirectory(actor);
  const rows = [...person.affiliations, ...person.posts, ...person.grades].sort((a, b) =>
    b.from.localeCompare(a.from),
  );
  return (
    <Section title={say('history')}>
      <ul className="mb-4 flex flex-col gap-1">
        {rows.map((row) => (
          <li key={rowText(row)} className="flex flex-wrap items-center gap-2">
            <span>{rowText(row)}</span>
            {row.recordedOn === today && <StateTag tone="neutral">{say('recordedToday')}</StateTag>}
            {mayChange && 'kind' in row && goesOnAfter(row, today) && (
              <Button
                size="small"
                onClick={() => form.setFieldsValue({ kind: 'second-end', unitId: row.unitId })}
              >
                {say('endSecondment')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {canKeepDirectory(actor) && hasRecordedOn(person, today) && <Withdraw file={file} today={today} />}
      {mayChange && <Change file={file} today={today} form={form} />}
    </Section>
  );
}

interface PartProps {
  readonly file: PersonFile;
  readonly today: string;
}

/** Takes back what was recorded today. */
function Withdraw({ file: { person, units }, today }: PartProps) {
  const say = systemWords.use();
  const api = useApi();
  const readAgain = useReadAgain();
  const { rowText } = useRowText(units);
  const withdraw = useMutation(
    api.directory.withdrawChanges.mutationOptions({
      onSuccess: () => {
        sayDone(say('withdrawn'));
        readAgain();
      },
      onError: readAgain,
    }),
  );
  const whole = { ...person, demo: false };
  const restored = withdrawRecordedOn(whole, today, (unitId) => {
    const unit = units.find(({ id }) => id === unitId);
    return unit ? { ...unit, demo: false } : null;
  });
  return (
    <div className="mb-4 flex flex-col items-start gap-2 rounded-card bg-wait-soft p-3">
      <p>{say('withdrawLead')}</p>
      <Popconfirm
        title={say('withdrawAsk', { name: person.name })}
        description={<Steps steps={historySteps(whole, restored)} rowText={rowText} />}
        okText={say('withdraw')}
        onConfirm={() => withdraw.mutate({ personId: person.id, seen: historyDigest(person, today) })}
      >
        <Button size="small" loading={withdraw.isPending}>
          {say('withdraw')}
        </Button>
      </Popconfirm>
      <Failed error={withdraw.error} />
    </div>
  );
}

function Steps({
  steps,
  rowText,
}: {
  readonly steps: readonly HistoryStep[];
  readonly rowText: (row: Row) => string;
}) {
  const say = systemWords.use();
  return (
    <ul className="flex flex-col gap-1">
      {steps.map(({ kind, row }) => (
        <li key={`${kind} ${rowText(row)}`}>
          <strong className="me-1.5">{say(`steps.${kind}`)}</strong>
          {rowText(row)}
        </li>
      ))}
    </ul>
  );
}

/** The form of a change; what it will do is read over first, and only then recorded. */
function Change({
  file: { person, units: known },
  today,
  form,
}: PartProps & { readonly form: ReturnType<typeof Form.useForm<ChangeValues>>[0] }) {
  const say = systemWords.use();
  const format = useFormat();
  const language = useLanguage();
  const api = useApi();
  const readAgain = useReadAgain();
  const kind = Form.useWatch('kind', form);
  const [asked, setAsked] = useState<ChangeHistoryInput | null>(null);
  const units = useQuery(api.directory.units.queryOptions());
  const all = units.data ?? known;
  const { nameOf, rowText } = useRowText(all);
  const change = useMutation(
    api.directory.changeHistory.mutationOptions({
      onSuccess: () => {
        sayDone(say('changed'));
        setAsked(null);
        form.resetFields();
        readAgain();
      },
      onError: (error) => {
        if (refusalOf(error).code !== 'CHANGED_MEANWHILE') return;
        setAsked(null);
        readAgain();
      },
    }),
  );
  const whole = { ...person, demo: false };
  const hosts = person.affiliations.filter((held) => goesOnAfter(held, today));
  const offered = CHANGES.filter((value) => {
    if (person.status !== 'active' || value === 'reinstate')
      return person.status !== 'active' && value === 'reinstate';
    if (value === 'second-end') return person.affiliations.some(({ kind: held }) => held === 'secondment');
    if (value === 'post-end') return person.posts.some(({ to }) => to === null);
    if (value === 'grade-end') return person.grades.some(({ to }) => to === null);
    return true;
  });
  const ranks = (of: 'post-level' | 'grade') =>
    RANK_CODES.filter((rank) => rank.kind === of).map((rank) => ({
      value: rank.code,
      label: format.text(rank.name),
    }));
  const unitOptions = all.map((unit) => ({ value: unit.id, label: format.text(unit.name) }));

  const summary = () => {
    if (!asked) return null;
    try {
      const { change: what } = asked;
      const unit = 'unitId' in what ? all.find(({ id }) => id === what.unitId) : undefined;
      const changed = changeHistory(whole, asked, unit ? { ...unit, demo: false } : null, today);
      const rank = (value: typeof whole) => rankOn(value, asked.on)?.name;
      const [was, is] = [rank(whole), rank(changed)];
      const named = (name: typeof was) => (name ? format.text(name) : say('noRank'));
      return {
        steps: historySteps(whole, changed),
        over: movesTargets(what, named(was) !== named(is)) ? yearsOver(asked.on, today) : [],
        rank:
          named(was) === named(is)
            ? say('rankStays', { rank: named(is) })
            : say('rankMoves', { from: named(was), to: named(is) }),
        refused: null,
      };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { steps: [], over: [], rank: '', refused: wordRefusal(error, language) };
    }
  };
  const read = summary();

  return (
    <>
      <Form<ChangeValues>
        name="change"
        form={form}
        layout="vertical"
        hidden={read !== null}
        initialValues={{ on: today }}
        onFinish={(values) => {
          change.reset();
          setAsked({ personId: person.id, on: values.on, change: changeOf(values) });
        }}
      >
        <Form.Item name="kind" label={say('changeKind')} rules={[mustChoose]}>
          <Select
            options={offered.map((value) => ({ value, label: say(`changes.${value}`) }))}
            onChange={(chosen) => {
              form.resetFields(['unitId', 'to', 'postLevel', 'title', 'grade']);
              if (chosen === 'reinstate') form.setFieldsValue({ unitId: person.unitId });
            }}
          />
        </Form.Item>
        {kind === 'second-end' && (
          <Form.Item name="unitId" label={say('host')} rules={[mustChoose]}>
            <Select
              options={hosts.map(({ unitId }) => ({ value: unitId, label: nameOf(unitId) }))}
              notFoundContent={say('noHost')}
            />
          </Form.Item>
        )}
        {(kind === 'transfer' || kind === 'second' || kind === 'reinstate') && (
          <Form.Item name="unitId" label={say(kind === 'second' ? 'host' : 'unit')} rules={[mustChoose]}>
            <Select showSearch={{ optionFilterProp: 'label' }} options={unitOptions} />
          </Form.Item>
        )}
        {kind === 'post' && (
          <>
            <Form.Item name="postLevel" label={say('postLevel')} rules={[mustChoose]}>
              <Select options={ranks('post-level')} />
            </Form.Item>
            <Form.Item name="title" label={say('postTitle')} rules={[noLonger(40)]}>
              <Input />
            </Form.Item>
          </>
        )}
        {kind === 'grade' && (
          <Form.Item name="grade" label={say('grade')} rules={[mustChoose]}>
            <Select options={ranks('grade')} />
          </Form.Item>
        )}
        <Form.Item
          name="on"
          label={say(kind === 'second-end' ? 'lastDay' : 'on')}
          rules={[mustChoose, notAfter(today, say('notYet', { today }))]}
          extra={kind && say(`effects.${kind}`, { home: nameOf(person.unitId) })}
        >
          <DateField />
        </Form.Item>
        {kind === 'second' && (
          <Form.Item name="to" label={say('until')}>
            <DateField />
          </Form.Item>
        )}
        <Button htmlType="submit">{say('readOver')}</Button>
      </Form>
      {asked && read && (
        <div role="group" aria-label={say('readOver')} className="flex flex-col gap-3">
          {read.refused ? (
            <p role="alert" className="rounded-card bg-refusal-soft p-3 text-refusal">
              {[read.refused.what, read.refused.why, read.refused.next].filter(Boolean).join(' ')}
            </p>
          ) : (
            <div className="flex flex-col gap-2 rounded-card border border-line bg-paper p-3">
              <p className="font-semibold">{say('willChange', { name: person.name, no: person.personNo })}</p>
              <Steps steps={read.steps} rowText={rowText} />
              <p>{read.rank}</p>
              {read.over.length > 0 && (
                <p className="rounded-card bg-wait-soft p-3">
                  {say('yearsOver', { years: read.over.join(language === 'zh' ? '、' : ', '), today })}
                </p>
              )}
              <p className="text-small text-ink-2">{say('willChangeNote')}</p>
            </div>
          )}
          <div className="flex gap-2">
            <Button
              onClick={() => {
                change.reset();
                setAsked(null);
              }}
            >
              {say('back')}
            </Button>
            {!read.refused && (
              <Button
                type="primary"
                loading={change.isPending}
                onClick={() => change.mutate({ ...asked, seen: historyDigest(person, today) })}
              >
                {say('recordChange')}
              </Button>
            )}
          </div>
        </div>
      )}
      <Failed error={change.error} />
    </>
  );
}
