import { useApi, useAppClient } from '@cadre/client/api';
import { sayDone } from '@cadre/ui/feedback';
import { Button, Sheet, TextField } from '@cadre/ui/learner';
import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { disputeWords } from './dispute.words';
import { Failed } from './failure';

const textLimit = 500;

export interface DisputeSheetProps {
  readonly sessionId: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** 有误?: one sentence to the class teacher. What was typed stays when it could not be sent. */
export function DisputeSheet({ sessionId, open, onOpenChange }: DisputeSheetProps) {
  const say = disputeWords.use();
  const api = useApi();
  const { queries } = useAppClient();
  const [text, setText] = useState('');
  const formId = useId();
  const dispute = useMutation(
    api.live.dispute.mutationOptions({
      onSuccess: () => {
        onOpenChange(false);
        setText('');
        sayDone(say('done'));
        return Promise.all([
          queries.invalidateQueries(api.live.pathFilter()),
          queries.invalidateQueries(api.credit.why.pathFilter()),
        ]);
      },
    }),
  );
  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      title={say('title')}
      lead={say('text')}
      footer={
        <Button type="submit" form={formId} variant="primary" busy={dispute.isPending}>
          {say('submit')}
        </Button>
      }
    >
      <form
        id={formId}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '' && !dispute.isPending) dispute.mutate({ sessionId, text: text.trim() });
        }}
      >
        <TextField
          label={say('label')}
          placeholder={say('placeholder')}
          maxLength={textLimit}
          required
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Failed error={dispute.error} />
      </form>
    </Sheet>
  );
}
