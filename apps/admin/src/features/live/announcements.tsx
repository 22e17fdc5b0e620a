import { useApi, useAppClient } from '@cadre/client/api';
import type { RoomView } from '@cadre/domain/live';
import { sayDone } from '@cadre/ui/feedback';
import { formatTime } from '@cadre/ui/format';
import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { Send } from 'lucide-react';
import { useState } from 'react';
import { Failed } from '../../shared/failure';
import { liveWords } from './live.words';

const textLimit = 500;

/** What was said to everybody in the room, the latest first, and a line to say more. */
export function Announcements({ view }: { readonly view: RoomView }) {
  const say = liveWords.use();
  const api = useApi();
  const { queries } = useAppClient();
  const [text, setText] = useState('');
  const announce = useMutation(
    api.live.announce.mutationOptions({
      onSuccess: () => {
        setText('');
        sayDone(say('sent'));
        return queries.invalidateQueries(api.live.pathFilter());
      },
    }),
  );
  const { sessionId, status } = view.room;
  return (
    <div className="flex flex-col gap-3">
      {view.mayRun && status === 'live' && (
        <form
          className="no-print flex gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() !== '' && !announce.isPending) announce.mutate({ sessionId, text: text.trim() });
          }}
        >
          <Input
            aria-label={say('notice')}
            placeholder={say('noticePlaceholder')}
            maxLength={textLimit}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <Button
            htmlType="submit"
            icon={<Send aria-hidden size="1.1em" />}
            disabled={text.trim() === ''}
            loading={announce.isPending}
          >
            {say('send')}
          </Button>
        </form>
      )}
      <Failed error={announce.error} />
      {view.announcements.length === 0 ? (
        <p className="text-ink-2">{say('noNotices')}</p>
      ) : (
        <ol className="flex flex-col gap-1.5">
          {[...view.announcements].reverse().map(({ seq, at, text: said }) => (
            <li key={seq} className="flex gap-3">
              <span className="text-ink-2 tabular-nums">{formatTime(at)}</span>
              <span>{said}</span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
