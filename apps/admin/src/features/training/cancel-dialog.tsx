import { sayTooLong } from '@cadre/ui/admin';
import { Input, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { Failed } from '../../shared/failure';
import { Field } from './placement-fields';
import { trainingWords } from './training.words';

export interface CancelDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** What happens to those who hold a seat. */
  readonly children: ReactNode;
  /** Names the act on its button. */
  readonly okText: string;
  /** The call that cancels. */
  readonly cancel: { readonly isPending: boolean; readonly error: unknown };
  /** Called with the reason that everybody concerned will read. */
  readonly onCancel: (reason: string) => void;
}

const LONGEST_REASON = 200;

/** Cancels a class or a session: only with a reason, and with the way back first. */
export function CancelDialog({
  open,
  onClose,
  title,
  children,
  okText,
  cancel,
  onCancel,
}: CancelDialogProps) {
  const say = trainingWords.use();
  const [reason, setReason] = useState('');
  const wrong = sayTooLong(reason, LONGEST_REASON);
  return (
    <Modal
      open={open}
      onCancel={onClose}
      title={title}
      okText={okText}
      cancelText={say('session.keep')}
      okButtonProps={{
        danger: true,
        disabled: reason.trim().length < 2 || wrong !== undefined,
        loading: cancel.isPending,
      }}
      onOk={() => onCancel(reason.trim())}
    >
      <div className="flex flex-col gap-3">
        <p>{children}</p>
        <Field label={say('session.reason')} error={wrong}>
          {(id) => (
            <Input
              id={id}
              status={wrong === undefined ? '' : 'error'}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          )}
        </Field>
        <Failed error={cancel.error} />
      </div>
    </Modal>
  );
}
