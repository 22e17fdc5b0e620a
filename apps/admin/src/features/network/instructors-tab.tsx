import { useApi, useAppClient } from '@cadre/client/api';
import { instructorKindNames } from '@cadre/client/naming';
import {
  createInstructorInput,
  instructorKind,
  updateInstructorInput,
  type InstructorCard,
  type InstructorRecord,
} from '@cadre/domain/network';
import { EmptyState, PlainTable, StateTag, type PlainTableProps } from '@cadre/ui/admin';
import { sayDone } from '@cadre/ui/feedback';
import { useFormat } from '@cadre/ui/format';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Select, Switch } from 'antd';
import { GraduationCap, Plus } from 'lucide-react';
import { useState } from 'react';
import { QueryView } from '../../shared/failure';
import { FormPanel } from '../../shared/form-panel';
import { readForm } from '../../shared/schema-form';
import { networkWords } from './network.words';

export interface InstructorsTabProps {
  readonly baseId: string;
  readonly instructors: readonly InstructorCard[];
  readonly runs: boolean;
}

/** The people who teach at a base. Those who run it also see and set the link to a cadre's record. */
export function InstructorsTab({ baseId, instructors, runs }: InstructorsTabProps) {
  return runs ? <Records baseId={baseId} /> : <InstructorTable rows={instructors} />;
}

function InstructorTable<Row extends InstructorCard>({
  rows,
  columns = [],
}: {
  readonly rows: readonly Row[];
  readonly columns?: PlainTableProps<Row>['columns'];
}) {
  const say = networkWords.use();
  const format = useFormat();
  return (
    <PlainTable<Row>
      label={say('instructors.label')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={<EmptyState icon={GraduationCap} title={say('instructors.empty')} />}
      columns={[
        { key: 'name', title: say('instructors.name'), width: 160, render: ({ name }) => name },
        { key: 'title', title: say('instructors.title'), render: ({ title }) => title },
        {
          key: 'kind',
          title: say('instructors.kind'),
          render: ({ kind }) => format.text(instructorKindNames[kind]),
        },
        {
          key: 'state',
          title: say('instructors.state'),
          width: 110,
          render: ({ active }) => (
            <StateTag tone={active ? 'met' : 'neutral'}>
              {say(active ? 'instructors.active' : 'instructors.inactive')}
            </StateTag>
          ),
        },
        ...columns,
      ]}
    />
  );
}

function Records({ baseId }: { readonly baseId: string }) {
  const say = networkWords.use();
  const api = useApi();
  const [edited, setEdited] = useState<InstructorRecord | 'new' | null>(null);
  const query = useQuery({
    ...api.network.instructors.queryOptions({ baseId }),
    meta: { live: ['network:changed'] },
  });
  return (
    <div className="flex flex-col gap-3">
      <div>
        <Button icon={<Plus aria-hidden size="1.1em" />} onClick={() => setEdited('new')}>
          {say('instructors.add')}
        </Button>
      </div>
      <QueryView query={query}>
        {(records) => (
          <InstructorTable<InstructorRecord>
            rows={records}
            columns={[
              {
                key: 'personNo',
                title: say('instructors.personNo'),
                width: 140,
                render: ({ personNo }) => personNo ?? '',
              },
              {
                key: 'edit',
                title: '',
                width: 120,
                render: (row) => (
                  <Button
                    size="small"
                    aria-label={`${say('instructors.edit')} ${row.name}`}
                    onClick={() => setEdited(row)}
                  >
                    {say('instructors.edit')}
                  </Button>
                ),
              },
            ]}
          />
        )}
      </QueryView>
      {edited !== null && (
        <InstructorForm
          key={edited === 'new' ? 'new' : edited.id}
          baseId={baseId}
          {...(edited === 'new' ? {} : { instructor: edited })}
          onClose={() => setEdited(null)}
        />
      )}
    </div>
  );
}

interface InstructorFormProps {
  readonly baseId: string;
  readonly instructor?: InstructorRecord;
  readonly onClose: () => void;
}

function InstructorForm({ baseId, instructor, onClose }: InstructorFormProps) {
  const say = networkWords.use();
  const format = useFormat();
  const api = useApi();
  const { queries } = useAppClient();
  const [form] = Form.useForm<InstructorRecord>();
  const done = (words: string): void => {
    void queries.invalidateQueries(api.network.pathFilter());
    sayDone(words);
    onClose();
  };
  const create = useMutation(
    api.network.createInstructor.mutationOptions({
      onSuccess: ({ name }) => done(say('instructors.created', { name })),
    }),
  );
  const update = useMutation(
    api.network.updateInstructor.mutationOptions({
      onSuccess: ({ name }) => done(say('instructors.saved', { name })),
    }),
  );
  const send = (values: InstructorRecord): void => {
    const personNo = values.personNo?.trim() ? values.personNo : null;
    if (instructor) {
      const changed = { ...values, personNo, instructorId: instructor.id, revision: instructor.revision };
      const input = readForm(form, updateInstructorInput, changed);
      if (input) update.mutate(input);
    } else {
      const input = readForm(form, createInstructorInput, { ...values, personNo, baseId });
      if (input) create.mutate(input);
    }
  };
  return (
    <FormPanel<InstructorRecord>
      form={form}
      onClose={onClose}
      title={say(instructor ? 'instructors.edit' : 'instructors.add')}
      submit={say(instructor ? 'instructors.save' : 'instructors.create')}
      initialValues={
        instructor
          ? { ...instructor, personNo: instructor.personNo ?? '' }
          : { title: '', kind: 'lecturer', personNo: '', active: true }
      }
      onFinish={send}
      sending={[create, update]}
    >
      <Form.Item name="name" label={say('instructors.name')}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="title" label={say('instructors.title')}>
        <Input />
      </Form.Item>
      <Form.Item name="kind" label={say('instructors.kind')}>
        <Select
          options={instructorKind.options.map((value) => ({
            value,
            label: format.text(instructorKindNames[value]),
          }))}
        />
      </Form.Item>
      <Form.Item name="personNo" label={say('instructors.personNo')} extra={say('instructors.personNoHint')}>
        <Input autoComplete="off" />
      </Form.Item>
      {instructor && (
        <Form.Item name="active" label={say('instructors.active')} valuePropName="checked">
          <Switch />
        </Form.Item>
      )}
    </FormPanel>
  );
}
