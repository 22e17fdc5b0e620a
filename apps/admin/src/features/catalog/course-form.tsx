import { useApi, useAppClient } from '@cadre/client/api';
import { courseFormNames } from '@cadre/client/naming';
import {
  courseFields,
  courseForm,
  createCourseInput,
  type Course,
  type CourseFields,
} from '@cadre/domain/catalog';
import { AMOUNT_UNIT } from '@cadre/domain/core';
import { DateField } from '@cadre/ui/admin';
import { sayDone } from '@cadre/ui/feedback';
import { useFormat } from '@cadre/ui/format';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Form, Input, InputNumber, Select } from 'antd';
import { FormPanel } from '../../shared/form-panel';
import { readForm } from '../../shared/schema-form';
import { catalogWords } from './catalog.words';
import { useThemes } from './use-themes';

export interface CourseFormProps {
  readonly onClose: () => void;
  readonly onSaved: (course: Course) => void;
  /** The course to edit; without one a new course is made. */
  readonly course?: Course;
}

/** Class hours are typed as people say them, 4 or 1.5. */
interface Values extends CourseFields {
  code?: string;
  themeId?: string;
}

const empty = {
  title: { zh: '', en: '' },
  forms: [],
  alsoTouches: [],
  baseIds: [],
  abilities: [],
  summary: '',
  audience: '',
  classHours: 4,
};

/** Makes a course, or edits one. The fields are read by the procedure's own schema. */
export function CourseForm({ onClose, onSaved, course }: CourseFormProps) {
  const say = catalogWords.use();
  const format = useFormat();
  const api = useApi();
  const { queries } = useAppClient();
  const [form] = Form.useForm<Values>();
  const { options: themeOptions } = useThemes();
  const chosenTheme = Form.useWatch('themeId', form) ?? course?.themeId;
  const bases = useQuery(api.network.map.queryOptions({}));
  const saved = (value: Course, words: string): void => {
    void queries.invalidateQueries(api.catalog.pathFilter());
    sayDone(words);
    onClose();
    onSaved(value);
  };
  const create = useMutation(
    api.catalog.createCourse.mutationOptions({
      onSuccess: (value) => saved(value, say('form.created', { title: format.text(value.title) })),
    }),
  );
  const update = useMutation(
    api.catalog.updateCourse.mutationOptions({ onSuccess: (value) => saved(value, say('form.saved')) }),
  );
  const send = (values: Values): void => {
    const counted = { ...values, classHours: Math.round((values.classHours ?? NaN) * AMOUNT_UNIT) };
    if (course) {
      const fields = readForm(form, courseFields, counted);
      if (fields) update.mutate({ courseId: course.id, revision: course.revision, fields });
    } else {
      const input = readForm(form, createCourseInput, counted);
      if (input) create.mutate(input);
    }
  };
  return (
    <FormPanel<Values>
      form={form}
      onClose={onClose}
      width={560}
      title={say(course ? 'course.edit' : 'form.createTitle')}
      submit={say(course ? 'form.save' : 'form.create')}
      initialValues={course ? { ...course, classHours: course.classHours / AMOUNT_UNIT } : empty}
      onFinish={send}
      sending={[create, update]}
    >
      {!course && (
        <div className="grid grid-cols-2 gap-x-4">
          <Form.Item name="themeId" label={say('form.theme')}>
            <Select options={themeOptions} />
          </Form.Item>
          <Form.Item name="code" label={say('form.code')} extra={say('form.codeHint')}>
            <Input autoComplete="off" />
          </Form.Item>
        </div>
      )}
      <Form.Item name={['title', 'zh']} label={say('form.titleZh')}>
        <Input />
      </Form.Item>
      <Form.Item name={['title', 'en']} label={say('form.titleEn')}>
        <Input />
      </Form.Item>
      <div className="grid grid-cols-2 gap-x-4">
        <Form.Item name="forms" label={say('form.forms')} className="col-span-2">
          <Select
            mode="multiple"
            options={courseForm.options.map((value) => ({
              value,
              label: format.text(courseFormNames[value]),
            }))}
          />
        </Form.Item>
        <Form.Item name="classHours" label={say('form.hours')}>
          <InputNumber min={0} step={0.5} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="reviewBy" label={say('form.reviewBy')} extra={say('form.reviewHint')}>
          <DateField />
        </Form.Item>
      </div>
      <Form.Item name="baseIds" label={say('form.bases')}>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          options={(bases.data ?? []).map(({ id, code, name }) => ({
            value: id,
            label: `${code} ${format.text(name)}`,
          }))}
        />
      </Form.Item>
      <Form.Item name="audience" label={say('form.audience')}>
        <Input />
      </Form.Item>
      <Form.Item name="abilities" label={say('form.abilities')} extra={say('form.abilitiesHint')}>
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
      <Form.Item name="alsoTouches" label={say('form.also')}>
        <Select mode="multiple" options={themeOptions.filter(({ value }) => value !== chosenTheme)} />
      </Form.Item>
      <Form.Item name="summary" label={say('form.summary')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} />
      </Form.Item>
    </FormPanel>
  );
}
