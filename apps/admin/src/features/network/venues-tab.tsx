import { useApi, useAppClient } from '@cadre/client/api';
import { venueKindNames } from '@cadre/client/naming';
import { createVenueInput, updateVenueInput, venueKind, type Venue } from '@cadre/domain/network';
import { EmptyState, PlainTable, StateTag } from '@cadre/ui/admin';
import { sayDone } from '@cadre/ui/feedback';
import { useFormat } from '@cadre/ui/format';
import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber, Select, Switch } from 'antd';
import { DoorOpen, Plus } from 'lucide-react';
import { useState } from 'react';
import { FormPanel } from '../../shared/form-panel';
import { readForm } from '../../shared/schema-form';
import { networkWords } from './network.words';

export interface VenuesTabProps {
  readonly baseId: string;
  readonly venues: readonly Venue[];
  readonly runs: boolean;
}

/** The teaching points of a base; those who run it add and change them. */
export function VenuesTab({ baseId, venues, runs }: VenuesTabProps) {
  const say = networkWords.use();
  const format = useFormat();
  const [edited, setEdited] = useState<Venue | 'new' | null>(null);
  return (
    <div className="flex flex-col gap-3">
      {runs && (
        <div>
          <Button icon={<Plus aria-hidden size="1.1em" />} onClick={() => setEdited('new')}>
            {say('venues.add')}
          </Button>
        </div>
      )}
      <PlainTable<Venue>
        label={say('venues.label')}
        rows={venues}
        rowKey={({ id }) => id}
        empty={<EmptyState icon={DoorOpen} title={say('venues.empty')} />}
        columns={[
          { key: 'code', title: say('venues.code'), width: 120, render: ({ code }) => code },
          { key: 'name', title: say('venues.name'), render: ({ name }) => format.text(name) },
          { key: 'kind', title: say('venues.kind'), render: ({ kind }) => format.text(venueKindNames[kind]) },
          {
            key: 'capacity',
            title: say('venues.capacity'),
            width: 90,
            figure: true,
            render: ({ capacity }) => capacity,
          },
          {
            key: 'state',
            title: say('venues.state'),
            width: 110,
            render: ({ active }) => (
              <StateTag tone={active ? 'met' : 'neutral'}>
                {say(active ? 'venues.active' : 'venues.inactive')}
              </StateTag>
            ),
          },
          ...(runs
            ? [
                {
                  key: 'edit',
                  title: '',
                  width: 120,
                  render: (venue: Venue) => (
                    <Button
                      size="small"
                      aria-label={`${say('venues.edit')} ${venue.code}`}
                      onClick={() => setEdited(venue)}
                    >
                      {say('venues.edit')}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {runs && edited !== null && (
        <VenueForm
          key={edited === 'new' ? 'new' : edited.id}
          baseId={baseId}
          {...(edited === 'new' ? {} : { venue: edited })}
          onClose={() => setEdited(null)}
        />
      )}
    </div>
  );
}

interface VenueFormProps {
  readonly baseId: string;
  readonly venue?: Venue;
  readonly onClose: () => void;
}

function VenueForm({ baseId, venue, onClose }: VenueFormProps) {
  const say = networkWords.use();
  const format = useFormat();
  const api = useApi();
  const { queries } = useAppClient();
  const [form] = Form.useForm<Venue>();
  const done = (words: string): void => {
    void queries.invalidateQueries(api.network.pathFilter());
    sayDone(words);
    onClose();
  };
  const create = useMutation(
    api.network.createVenue.mutationOptions({
      onSuccess: ({ name }) => done(say('venues.created', { name: format.text(name) })),
    }),
  );
  const update = useMutation(
    api.network.updateVenue.mutationOptions({
      onSuccess: ({ name }) => done(say('venues.saved', { name: format.text(name) })),
    }),
  );
  const send = (values: Venue): void => {
    if (venue) {
      const changed = { ...values, venueId: venue.id, revision: venue.revision };
      const input = readForm(form, updateVenueInput, changed);
      if (input) update.mutate(input);
    } else {
      const input = readForm(form, createVenueInput, { ...values, baseId });
      if (input) create.mutate(input);
    }
  };
  return (
    <FormPanel<Venue>
      form={form}
      onClose={onClose}
      title={say(venue ? 'venues.edit' : 'venues.add')}
      submit={say(venue ? 'venues.save' : 'venues.create')}
      initialValues={venue ?? { name: { zh: '', en: '' }, kind: 'hall', active: true }}
      onFinish={send}
      sending={[create, update]}
    >
      {!venue && (
        <Form.Item name="code" label={say('venues.code')} extra={say('venues.codeHint')}>
          <Input autoComplete="off" />
        </Form.Item>
      )}
      <Form.Item name={['name', 'zh']} label={say('venues.name')}>
        <Input />
      </Form.Item>
      <Form.Item name={['name', 'en']} label={say('venues.nameEn')}>
        <Input />
      </Form.Item>
      <Form.Item name="kind" label={say('venues.kind')}>
        <Select
          options={venueKind.options.map((value) => ({ value, label: format.text(venueKindNames[value]) }))}
        />
      </Form.Item>
      <Form.Item name="capacity" label={say('venues.capacity')}>
        <InputNumber min={1} precision={0} />
      </Form.Item>
      {venue && (
        <Form.Item name="active" label={say('venues.active')} valuePropName="checked">
          <Switch />
        </Form.Item>
      )}
    </FormPanel>
  );
}
