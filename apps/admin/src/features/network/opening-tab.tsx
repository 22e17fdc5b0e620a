import { useApi, useAppClient } from '@cadre/client/api';
import { weekdayNames } from '@cadre/client/naming';
import { baseRunning, type Base } from '@cadre/domain/network';
import { DateField, Section } from '@cadre/ui/admin';
import { sayDone } from '@cadre/ui/feedback';
import { useFormat } from '@cadre/ui/format';
import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber, Select } from 'antd';
import { Plus, Trash2 } from 'lucide-react';
import { Failed } from '../../shared/failure';
import { readForm } from '../../shared/schema-form';
import { networkWords } from './network.words';

const weekdays = [1, 2, 3, 4, 5, 6, 7];

interface Values {
  openingHours: { weekday: number; from: string; to: string }[];
  blackouts: { from: string; to: string; reason: string }[];
  capacityPerHalfDay: number;
  access: string;
}

const clockTime = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Minutes of the day from `08:30`; NaN when it is no time of day, which the schema refuses. */
const minutesOf = (time: string): number => {
  const [, hours, minutes] = /^(\d{1,2})[:：]([0-5]\d)$/.exec(time.trim()) ?? [];
  return Number(hours) * 60 + Number(minutes);
};

const valuesOf = ({ openingHours, blackouts, capacityPerHalfDay, access }: Base): Values => ({
  openingHours: [...openingHours]
    .sort((a, b) => a.weekday - b.weekday || a.from - b.from)
    .map(({ weekday, from, to }) => ({ weekday, from: clockTime(from), to: clockTime(to) })),
  blackouts: [...blackouts].sort((a, b) => a.from.localeCompare(b.from)),
  capacityPerHalfDay,
  access,
});

const runningOf = ({ openingHours, ...rest }: Values) => ({
  ...rest,
  openingHours: openingHours.map(({ weekday, from, to }) => ({
    weekday,
    from: minutesOf(from),
    to: minutesOf(to),
  })),
});

/** When the base receives people and how many: the base's own business. */
export function OpeningTab({ base, runs }: { readonly base: Base; readonly runs: boolean }) {
  return runs ? <OpeningForm base={base} /> : <OpeningView base={base} />;
}

function OpeningView({ base }: { readonly base: Base }) {
  const say = networkWords.use();
  const format = useFormat();
  const values = valuesOf(base);
  return (
    <div className="grid gap-4 min-[72rem]:grid-cols-2">
      <Section title={say('opening.hours')}>
        <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1">
          {weekdays.map((weekday) => (
            <div key={weekday} className="contents">
              <dt className="text-ink-2">{format.text(weekdayNames[weekday] ?? { zh: '', en: '' })}</dt>
              <dd>
                {values.openingHours
                  .filter((hours) => hours.weekday === weekday)
                  .map(({ from, to }) => `${from}–${to}`)
                  .join('、') || say('opening.closed')}
              </dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section title={say('opening.blackouts')}>
        {values.blackouts.length === 0 ? (
          <p className="text-ink-2">{say('opening.noBlackouts')}</p>
        ) : (
          <ul>
            {values.blackouts.map(({ from, to, reason }) => (
              <li key={from}>{`${from} – ${to} · ${reason}`}</li>
            ))}
          </ul>
        )}
      </Section>
    </div>
  );
}

function OpeningForm({ base }: { readonly base: Base }) {
  const say = networkWords.use();
  const format = useFormat();
  const api = useApi();
  const { queries } = useAppClient();
  const [form] = Form.useForm<Values>();
  const update = useMutation(
    api.network.updateBaseRunning.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries(api.network.pathFilter());
        sayDone(say('opening.saved'));
      },
    }),
  );
  const send = (values: Values): void => {
    const running = readForm(form, baseRunning, runningOf(values));
    if (running) update.mutate({ baseId: base.id, revision: base.revision, running });
  };
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={valuesOf(base)}
      onFinish={send}
      className="flex flex-col gap-4"
    >
      <div className="grid grid-cols-1 items-start gap-4 min-[72rem]:grid-cols-2">
        <Section title={say('opening.hours')}>
          <p className="pb-3 text-small text-ink-2">{say('opening.hoursHint')}</p>
          <Form.List name="openingHours">
            {(fields, { add, remove }) => (
              <div className="flex flex-col gap-2">
                {fields.map(({ key, name }) => (
                  <div
                    key={key}
                    className="grid grid-cols-[minmax(5em,7em)_minmax(0,6em)_minmax(0,6em)_auto] gap-2"
                  >
                    <Form.Item name={[name, 'weekday']} noStyle>
                      <Select
                        aria-label={say('opening.weekday')}
                        options={weekdays.map((value) => ({
                          value,
                          label: format.text(weekdayNames[value] ?? { zh: '', en: '' }),
                        }))}
                      />
                    </Form.Item>
                    <Form.Item name={[name, 'from']} style={{ margin: 0 }}>
                      <Input maxLength={5} autoComplete="off" aria-label={say('opening.from')} />
                    </Form.Item>
                    <Form.Item name={[name, 'to']} style={{ margin: 0 }}>
                      <Input maxLength={5} autoComplete="off" aria-label={say('opening.to')} />
                    </Form.Item>
                    <Button
                      type="text"
                      icon={<Trash2 aria-hidden size="1.1em" />}
                      aria-label={say('form.remove')}
                      onClick={() => remove(name)}
                    />
                  </div>
                ))}
                <div>
                  <Button
                    icon={<Plus aria-hidden size="1.1em" />}
                    onClick={() => add({ weekday: 1, from: '08:00', to: '17:00' })}
                  >
                    {say('opening.addHours')}
                  </Button>
                </div>
              </div>
            )}
          </Form.List>
        </Section>
        <div className="flex flex-col gap-4">
          <Section title={say('opening.blackouts')}>
            <p className="pb-3 text-small text-ink-2">{say('opening.blackoutsHint')}</p>
            <Form.List name="blackouts">
              {(fields, { add, remove }) => (
                <div className="flex flex-col gap-2">
                  {fields.map(({ key, name }) => (
                    <div
                      key={key}
                      className="grid grid-cols-2 gap-2 min-[48rem]:grid-cols-[10em_10em_1fr_auto]"
                    >
                      <Form.Item name={[name, 'from']} style={{ margin: 0 }}>
                        <DateField aria-label={say('opening.first')} />
                      </Form.Item>
                      <Form.Item name={[name, 'to']} style={{ margin: 0 }}>
                        <DateField aria-label={say('opening.last')} />
                      </Form.Item>
                      <Form.Item name={[name, 'reason']} style={{ margin: 0 }}>
                        <Input aria-label={say('opening.reason')} placeholder={say('opening.reason')} />
                      </Form.Item>
                      <Button
                        type="text"
                        icon={<Trash2 aria-hidden size="1.1em" />}
                        aria-label={say('form.remove')}
                        onClick={() => remove(name)}
                      />
                    </div>
                  ))}
                  <div>
                    <Button
                      icon={<Plus aria-hidden size="1.1em" />}
                      onClick={() => add({ from: '', to: '', reason: '' })}
                    >
                      {say('opening.addBlackout')}
                    </Button>
                  </div>
                </div>
              )}
            </Form.List>
          </Section>
          <Section title={say('base.capacity')}>
            <Form.Item name="capacityPerHalfDay" style={{ margin: 0 }}>
              <InputNumber
                min={1}
                precision={0}
                aria-label={say('base.capacity')}
                suffix={format.unit('person')}
                style={{ width: '10em' }}
              />
            </Form.Item>
          </Section>
          <Section title={say('base.access')}>
            <Form.Item name="access" style={{ margin: 0 }} extra={say('form.accessHint')}>
              <Input.TextArea aria-label={say('base.access')} autoSize={{ minRows: 2, maxRows: 6 }} />
            </Form.Item>
          </Section>
        </div>
      </div>
      <Failed error={update.error} />
      <div>
        <Button type="primary" htmlType="submit" loading={update.isPending}>
          {say('opening.save')}
        </Button>
      </div>
    </Form>
  );
}
