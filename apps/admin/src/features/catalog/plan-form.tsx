import { useApi, useAppClient } from '@cadre/client/api';
import { countUnitNames } from '@cadre/client/naming';
import { COUNTING_RULES, countUnit, savePlanInput, type CountUnit, type Plan } from '@cadre/domain/catalog';
import { DateField } from '@cadre/ui/admin';
import { sayDone } from '@cadre/ui/feedback';
import { useFormat } from '@cadre/ui/format';
import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber, Select } from 'antd';
import { Plus, Trash2 } from 'lucide-react';
import { FormPanel } from '../../shared/form-panel';
import { readForm } from '../../shared/schema-form';
import { catalogWords } from './catalog.words';

type Values = Pick<Plan, 'code' | 'name' | 'from' | 'to' | 'tiers'>;

const tierOf = (label: string, unit: CountUnit, target: number) => ({
  label,
  unit,
  target,
  rule: COUNTING_RULES[unit],
});

/** A first plan begins with the three tiers its name speaks of. */
const empty = {
  name: { zh: '', en: '' },
  tiers: [tierOf('十', 'theme', 10), tierOf('百', 'course', 100), tierOf('千', 'micro-lesson', 1000)],
};

/** Writes the next version of a plan; what was in force before stays to be read. */
export function PlanForm({ plan, onClose }: { readonly plan?: Plan; readonly onClose: () => void }) {
  const say = catalogWords.use();
  const format = useFormat();
  const api = useApi();
  const { queries } = useAppClient();
  const [form] = Form.useForm<Values>();
  const version = (plan?.version ?? 0) + 1;
  const save = useMutation(
    api.catalog.savePlan.mutationOptions({
      onSuccess: (saved) => {
        void queries.invalidateQueries(api.catalog.pathFilter());
        sayDone(say('plan.saved', { version: saved.version }));
        onClose();
      },
    }),
  );
  const send = (values: Values): void => {
    const input = readForm(form, savePlanInput, {
      ...values,
      code: plan?.code ?? values.code,
      basedOn: plan?.version ?? 0,
    });
    if (input) save.mutate(input);
  };
  return (
    <FormPanel<Values>
      form={form}
      onClose={onClose}
      width={560}
      title={say(plan ? 'plan.changeTitle' : 'plan.title')}
      submit={say('plan.save', { version })}
      initialValues={plan ?? empty}
      onFinish={send}
      sending={[save]}
      lead={<p className="pb-4 text-ink-2">{say('plan.lead', { version })}</p>}
    >
      {!plan && (
        <Form.Item name="code" label={say('plan.code')} extra={say('plan.codeHint')}>
          <Input autoComplete="off" />
        </Form.Item>
      )}
      <Form.Item name={['name', 'zh']} label={say('plan.nameZh')}>
        <Input />
      </Form.Item>
      <Form.Item name={['name', 'en']} label={say('plan.nameEn')}>
        <Input />
      </Form.Item>
      <div className="grid grid-cols-2 gap-x-4">
        <Form.Item name="from" label={say('plan.from')}>
          <DateField />
        </Form.Item>
        <Form.Item name="to" label={say('plan.to')}>
          <DateField />
        </Form.Item>
      </div>
      <Form.List name="tiers">
        {(fields, { add, remove }) => (
          <fieldset className="flex flex-col gap-4">
            <legend className="mb-1 font-medium">{say('plan.tiers')}</legend>
            {fields.map(({ key, name }) => (
              <div
                key={key}
                className="grid grid-cols-[6em_1fr_7em_auto] items-end gap-x-3 border-s-2 border-line ps-3"
              >
                <Form.Item name={[name, 'label']} label={say('plan.label')}>
                  <Input />
                </Form.Item>
                <Form.Item name={[name, 'unit']} label={say('plan.unit')}>
                  <Select
                    options={countUnit.options.map((value) => ({
                      value,
                      label: format.text(countUnitNames[value]),
                    }))}
                    // The sentence shown to everybody follows what is really counted.
                    onChange={(unit: CountUnit) =>
                      form.setFieldValue(['tiers', name, 'rule'], COUNTING_RULES[unit])
                    }
                  />
                </Form.Item>
                <Form.Item name={[name, 'target']} label={say('plan.target')}>
                  <InputNumber min={1} precision={0} style={{ width: '100%' }} />
                </Form.Item>
                <Form.Item>
                  <Button
                    type="text"
                    icon={<Trash2 aria-hidden size="1.1em" />}
                    aria-label={say('plan.removeTier')}
                    onClick={() => remove(name)}
                  />
                </Form.Item>
                <Form.Item name={[name, 'rule', 'zh']} label={say('plan.ruleZh')} className="col-span-4">
                  <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} />
                </Form.Item>
                <Form.Item name={[name, 'rule', 'en']} label={say('plan.ruleEn')} className="col-span-4">
                  <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} />
                </Form.Item>
              </div>
            ))}
            <div>
              <Button icon={<Plus aria-hidden size="1.1em" />} onClick={() => add(tierOf('', 'class', 100))}>
                {say('plan.addTier')}
              </Button>
            </div>
          </fieldset>
        )}
      </Form.List>
    </FormPanel>
  );
}
