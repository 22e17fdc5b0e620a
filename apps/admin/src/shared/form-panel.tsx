import { SidePanel } from '@cadre/ui/admin';
import { Button, Form, type FormInstance, type FormProps } from 'antd';
import type { ReactNode } from 'react';
import { Failed, isUnreachable } from './failure';
import { schemaFormWords } from './schema-form.words';

export interface FormPanelProps<Values> {
  readonly form: FormInstance<Values>;
  readonly open?: boolean;
  readonly onClose: () => void;
  readonly width?: number;
  readonly title: string;
  /** What the one button says that sends the form. */
  readonly submit: string;
  readonly initialValues: NonNullable<FormProps<Values>['initialValues']>;
  readonly onFinish: (values: Values) => void;
  /** What the form sends to; while one is under way the button waits, and what one refused is said under the fields. */
  readonly sending: readonly { readonly isPending: boolean; readonly error: unknown }[];
  readonly lead?: ReactNode;
  /** The fields. */
  readonly children: ReactNode;
}

/** A form at the side: its fields, why it was refused, and at the foot cancel and the one action. */
export function FormPanel<Values extends object>({
  form,
  open = true,
  onClose,
  width,
  title,
  submit,
  initialValues,
  onFinish,
  sending,
  lead,
  children,
}: FormPanelProps<Values>) {
  const say = schemaFormWords.use();
  const refused = sending.find(({ error }) => error)?.error;
  return (
    <SidePanel
      open={open}
      onClose={onClose}
      {...(width === undefined ? {} : { width })}
      title={title}
      footer={
        <>
          <Button onClick={onClose}>{say('cancel')}</Button>
          <Button
            type="primary"
            loading={sending.some(({ isPending }) => isPending)}
            onClick={() => form.submit()}
          >
            {submit}
          </Button>
        </>
      }
    >
      {lead}
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={initialValues}
        onFinish={onFinish}
      >
        {children}
      </Form>
      <Failed error={refused} />
      {isUnreachable(refused) && <p className="mt-2 text-ink-2">{say('kept')}</p>}
    </SidePanel>
  );
}
