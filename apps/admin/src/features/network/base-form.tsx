import { useApi, useAppClient } from '@cadre/client/api';
import { designationLevelNames, tierNames } from '@cadre/client/naming';
import {
  baseIdentity,
  baseTier,
  createBaseInput,
  designation,
  type Base,
  type BaseIdentity,
  type BaseTier,
} from '@cadre/domain/network';
import { DateField } from '@cadre/ui/admin';
import { sayDone } from '@cadre/ui/feedback';
import { useFormat } from '@cadre/ui/format';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber, Select } from 'antd';
import { Plus, Trash2 } from 'lucide-react';
import { FormPanel } from '../../shared/form-panel';
import { readForm } from '../../shared/schema-form';
import { networkWords } from './network.words';

export interface BaseFormProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onSaved: (base: Base) => void;
  /** The base to edit; without one a new base is entered. */
  readonly base?: Base;
}

/** A title without an end has an empty field for it. */
type TitleValues = Omit<BaseIdentity['designations'][number], 'to'> & { to: string };

interface Values extends Omit<BaseIdentity, 'designations'> {
  designations: TitleValues[];
  code?: string;
  tier?: BaseTier;
  parentId?: string | null;
  capacityPerHalfDay?: number;
  access?: string;
}

const datum = 'WGS-84';
/** What the form does not show of a new base is filled in later on its page. */
const unopened = { openingHours: [], blackouts: [] };

const empty = {
  designations: [],
  name: { zh: '', en: '' },
  theme: { zh: '', en: '' },
  description: '',
  access: '',
  parentId: null,
};

const valuesOf = ({ name, theme, location, description, designations }: Base): Values => ({
  name,
  theme,
  location,
  description,
  designations: designations.map((held) => ({ ...held, to: held.to ?? '' })),
});

/** Enters a base, or edits what the alliance says of one. The fields are read by the procedure's own schema. */
export function BaseForm({ open, onClose, onSaved, base }: BaseFormProps) {
  const say = networkWords.use();
  const format = useFormat();
  const api = useApi();
  const { queries } = useAppClient();
  const [form] = Form.useForm<Values>();
  const tier = Form.useWatch('tier', form);
  const parents = useQuery({ ...api.network.map.queryOptions({ status: 'listed' }), enabled: open && !base });
  const close = (): void => {
    onClose();
    form.resetFields();
  };
  const saved = (value: Base, words: string): void => {
    void queries.invalidateQueries(api.network.pathFilter());
    sayDone(words);
    close();
    onSaved(value);
  };
  const create = useMutation(
    api.network.createBase.mutationOptions({
      onSuccess: (value) => saved(value, say('form.created', { name: format.text(value.name) })),
    }),
  );
  const update = useMutation(
    api.network.updateBase.mutationOptions({ onSuccess: (value) => saved(value, say('form.saved')) }),
  );
  const send = (values: Values): void => {
    const located = {
      ...values,
      location: { ...values.location, datum },
      designations: values.designations.map((held) => ({ ...held, to: held.to === '' ? null : held.to })),
    };
    if (base) {
      const identity = readForm(form, baseIdentity, located);
      if (identity) update.mutate({ baseId: base.id, revision: base.revision, identity });
    } else {
      const parentId = values.tier === 'case' ? values.parentId : null;
      const input = readForm(form, createBaseInput, { ...located, ...unopened, parentId });
      if (input) create.mutate(input);
    }
  };
  return (
    <FormPanel<Values>
      form={form}
      open={open}
      onClose={close}
      width={560}
      title={say(base ? 'form.editTitle' : 'form.createTitle')}
      submit={say(base ? 'form.save' : 'form.create')}
      initialValues={base ? valuesOf(base) : empty}
      onFinish={send}
      sending={[create, update]}
    >
      {!base && (
        <div className="grid grid-cols-2 gap-x-4">
          <Form.Item name="code" label={say('form.code')} extra={say('form.codeHint')}>
            <Input autoComplete="off" />
          </Form.Item>
          <Form.Item name="tier" label={say('form.tier')}>
            <Select
              options={baseTier.options.map((value) => ({ value, label: format.text(tierNames[value]) }))}
            />
          </Form.Item>
          {tier === 'case' && (
            <Form.Item name="parentId" label={say('form.parent')} className="col-span-2">
              <Select
                showSearch={{ optionFilterProp: 'label' }}
                options={(parents.data ?? [])
                  .filter((candidate) => candidate.tier !== 'case')
                  .map((candidate) => ({
                    value: candidate.id,
                    label: `${candidate.code} ${format.text(candidate.name)}`,
                  }))}
              />
            </Form.Item>
          )}
        </div>
      )}
      <div className="grid grid-cols-2 gap-x-4">
        <Form.Item name={['name', 'zh']} label={say('form.nameZh')}>
          <Input />
        </Form.Item>
        <Form.Item name={['name', 'en']} label={say('form.nameEn')}>
          <Input />
        </Form.Item>
        <Form.Item name={['theme', 'zh']} label={say('form.themeZh')}>
          <Input />
        </Form.Item>
        <Form.Item name={['theme', 'en']} label={say('form.themeEn')}>
          <Input />
        </Form.Item>
      </div>
      <div className="grid grid-cols-3 gap-x-4">
        <Form.Item name={['location', 'province']} label={say('form.province')}>
          <Input />
        </Form.Item>
        <Form.Item name={['location', 'city']} label={say('form.city')}>
          <Input />
        </Form.Item>
        <Form.Item name={['location', 'county']} label={say('form.county')}>
          <Input />
        </Form.Item>
        <Form.Item name={['location', 'latitude']} label={say('form.latitude')}>
          <InputNumber style={{ width: '100%' }} step={0.01} />
        </Form.Item>
        <Form.Item name={['location', 'longitude']} label={say('form.longitude')}>
          <InputNumber style={{ width: '100%' }} step={0.01} />
        </Form.Item>
        <Form.Item name={['location', 'accuracyKm']} label={say('form.accuracyKm')}>
          <InputNumber style={{ width: '100%' }} min={0} />
        </Form.Item>
      </div>
      <p className="-mt-3 mb-4 text-small text-ink-2">{say('form.coordinatesHint')}</p>
      <Form.Item name="description" label={say('form.description')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
      {!base && (
        <>
          <Form.Item name="access" label={say('form.access')} extra={say('form.accessHint')}>
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} />
          </Form.Item>
          <Form.Item name="capacityPerHalfDay" label={say('form.capacity')}>
            <InputNumber min={1} precision={0} />
          </Form.Item>
        </>
      )}
      <Designations />
    </FormPanel>
  );
}

function Designations() {
  const say = networkWords.use();
  const format = useFormat();
  return (
    <Form.List name="designations">
      {(fields, { add, remove }) => (
        <fieldset className="flex flex-col gap-3">
          <legend className="mb-1">{say('form.designations')}</legend>
          {fields.map(({ key, name }) => (
            <div
              key={key}
              className="grid grid-cols-[1fr_1fr_auto] items-end gap-x-3 border-s-2 border-line ps-3"
            >
              <Form.Item name={[name, 'title']} label={say('form.designation')}>
                <Input />
              </Form.Item>
              <Form.Item name={[name, 'authority']} label={say('form.authority')}>
                <Input />
              </Form.Item>
              <Form.Item>
                <Button
                  type="text"
                  icon={<Trash2 aria-hidden size="1.1em" />}
                  aria-label={say('form.remove')}
                  onClick={() => remove(name)}
                />
              </Form.Item>
              <Form.Item name={[name, 'level']} label={say('form.level')}>
                <Select
                  options={designation.shape.level.options.map((value) => ({
                    value,
                    label: format.text(designationLevelNames[value]),
                  }))}
                />
              </Form.Item>
              <div className="col-span-2 grid grid-cols-2 gap-x-3">
                <Form.Item name={[name, 'from']} label={say('form.from')}>
                  <DateField />
                </Form.Item>
                <Form.Item name={[name, 'to']} label={say('form.to')}>
                  <DateField />
                </Form.Item>
              </div>
            </div>
          ))}
          <div>
            <Button
              icon={<Plus aria-hidden size="1.1em" />}
              onClick={() => add({ title: '', authority: '', level: 'municipal', from: '', to: '' })}
            >
              {say('form.addDesignation')}
            </Button>
          </div>
        </fieldset>
      )}
    </Form.List>
  );
}
