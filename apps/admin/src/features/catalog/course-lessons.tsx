import { useApi, useAppClient } from '@cadre/client/api';
import {
  createMicroLessonInput,
  microLessonFields,
  type Course,
  type CourseFile,
  type MicroLesson,
} from '@cadre/domain/catalog';
import { DateField, EmptyState, PlainTable, Section } from '@cadre/ui/admin';
import { sayDone } from '@cadre/ui/feedback';
import { useFormat } from '@cadre/ui/format';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber, Select } from 'antd';
import { Clapperboard, Plus } from 'lucide-react';
import { useState } from 'react';
import { FormPanel } from '../../shared/form-panel';
import { readForm } from '../../shared/schema-form';
import { catalogWords } from './catalog.words';

/** The micro-lessons of a course in their order; the alliance adds and changes them. */
export function CourseLessons({ file, manages }: { readonly file: CourseFile; readonly manages: boolean }) {
  const say = catalogWords.use();
  const format = useFormat();
  const [edited, setEdited] = useState<MicroLesson | 'new' | null>(null);
  const { course, microLessons } = file;
  const minutes = microLessons.reduce((sum, lesson) => sum + lesson.lengthMinutes, 0);
  return (
    <Section
      title={say('tabs.lessons')}
      aside={
        <span className="flex items-center gap-3 text-ink-2">
          {say('course.lessonsSum', { count: microLessons.length, minutes: format.minutes(minutes) })}
          {manages && (
            <Button size="small" icon={<Plus aria-hidden size="1.1em" />} onClick={() => setEdited('new')}>
              {say('lessons.add')}
            </Button>
          )}
        </span>
      }
    >
      <PlainTable<MicroLesson>
        label={say('lessons.list')}
        rows={microLessons}
        rowKey={({ id }) => id}
        empty={<EmptyState icon={Clapperboard} title={say('lessons.empty')} />}
        columns={[
          { key: 'name', title: say('lessons.name'), render: ({ title }) => title },
          {
            key: 'order',
            title: say('lessons.order'),
            width: 60,
            figure: true,
            render: ({ order }) => order,
          },
          { key: 'code', title: say('lessons.code'), width: 140, render: ({ code }) => code },
          {
            key: 'minutes',
            title: say('lessons.minutes'),
            width: 110,
            figure: true,
            render: ({ lengthMinutes }) => format.minutes(lengthMinutes),
          },
          {
            key: 'reviewBy',
            title: say('lessons.reviewBy'),
            width: 130,
            render: ({ reviewBy }) => reviewBy,
          },
          ...(manages
            ? [
                {
                  key: 'edit',
                  title: '',
                  width: 110,
                  render: (lesson: MicroLesson) => (
                    <Button
                      size="small"
                      aria-label={`${say('lessons.edit')} ${lesson.code}`}
                      onClick={() => setEdited(lesson)}
                    >
                      {say('lessons.edit')}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {edited !== null && (
        <LessonForm
          key={edited === 'new' ? 'new' : edited.id}
          course={course}
          next={microLessons.reduce((last, { order }) => Math.max(last, order), 0) + 1}
          {...(edited === 'new' ? {} : { lesson: edited })}
          onClose={() => setEdited(null)}
        />
      )}
    </Section>
  );
}

interface LessonFormProps {
  readonly course: Course;
  /** The place of the next new lesson. */
  readonly next: number;
  readonly lesson?: MicroLesson;
  readonly onClose: () => void;
}

function LessonForm({ course, next, lesson, onClose }: LessonFormProps) {
  const say = catalogWords.use();
  const format = useFormat();
  const api = useApi();
  const { queries } = useAppClient();
  const [form] = Form.useForm<MicroLesson>();
  const bases = useQuery(api.network.map.queryOptions({}));
  const done = (words: string): void => {
    void queries.invalidateQueries(api.catalog.pathFilter());
    sayDone(words);
    onClose();
  };
  const create = useMutation(
    api.catalog.createMicroLesson.mutationOptions({
      onSuccess: ({ title }) => done(say('lessons.created', { title })),
    }),
  );
  const update = useMutation(
    api.catalog.updateMicroLesson.mutationOptions({
      onSuccess: ({ title }) => done(say('lessons.saved', { title })),
    }),
  );
  const send = (values: MicroLesson): void => {
    const fields = { ...values, baseId: values.baseId ?? null };
    if (lesson) {
      const changed = readForm(form, microLessonFields, fields);
      if (changed) update.mutate({ microLessonId: lesson.id, revision: lesson.revision, fields: changed });
    } else {
      const input = readForm(form, createMicroLessonInput, { ...fields, courseId: course.id });
      if (input) create.mutate(input);
    }
  };
  return (
    <FormPanel<MicroLesson>
      form={form}
      onClose={onClose}
      title={say(lesson ? 'lessons.edit' : 'lessons.add')}
      submit={say(lesson ? 'lessons.save' : 'lessons.create')}
      initialValues={
        lesson ?? {
          code: `${course.code}-M${String(next).padStart(2, '0')}`,
          title: '',
          order: next,
          lengthMinutes: 8,
          reviewBy: course.reviewBy,
        }
      }
      onFinish={send}
      sending={[create, update]}
    >
      {!lesson && (
        <Form.Item name="code" label={say('lessons.code')} extra={say('lessons.codeHint')}>
          <Input autoComplete="off" />
        </Form.Item>
      )}
      <Form.Item name="title" label={say('lessons.name')}>
        <Input />
      </Form.Item>
      <div className="grid grid-cols-3 gap-x-4">
        <Form.Item name="order" label={say('lessons.order')}>
          <InputNumber min={1} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="lengthMinutes" label={say('lessons.minutes')}>
          <InputNumber
            min={1}
            max={15}
            precision={0}
            suffix={format.unit('minute')}
            style={{ width: '100%' }}
          />
        </Form.Item>
        <Form.Item name="reviewBy" label={say('lessons.reviewBy')}>
          <DateField />
        </Form.Item>
      </div>
      <Form.Item name="baseId" label={say('lessons.base')}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          options={(bases.data ?? []).map(({ id, code, name }) => ({
            value: id,
            label: `${code} ${format.text(name)}`,
          }))}
        />
      </Form.Item>
    </FormPanel>
  );
}
