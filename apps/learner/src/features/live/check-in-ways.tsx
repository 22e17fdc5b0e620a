import { useApi, useAppClient } from '@cadre/client/api';
import type { RoomLine } from '@cadre/client/live';
import { useOnline } from '@cadre/client/offline';
import type { RoomFacts } from '@cadre/domain/live';
import { sayDone } from '@cadre/ui/feedback';
import { Button, Card, FailureNotice, Section, Sheet, TextField } from '@cadre/ui/learner';
import { wordRefusal } from '@cadre/client/wording';
import { useLanguage } from '@cadre/ui/i18n';
import { useMutation } from '@tanstack/react-query';
import { CloudOff, QrCode, RadioTower } from 'lucide-react';
import { useState } from 'react';
import { Failed } from '../../shared/failure';
import { liveWords } from './live.words';

const digits = 6;

export interface CheckInWaysProps {
  readonly room: RoomFacts;
  /** How entering online stands; null while nobody asked for it. */
  readonly online: RoomLine | null;
  readonly onOnline: () => void;
}

/** 扫码签到 · 输入 6 位码 · 在线参加, as the session offers them. */
export function CheckInWays({ room, online, onOnline }: CheckInWaysProps) {
  const say = liveWords.use();
  const [scanning, setScanning] = useState(false);
  const hasNetwork = useOnline();
  return (
    <Section title={say('checkIn.title')}>
      {!hasNetwork && (
        <div role="status" className="flex gap-3 rounded-card bg-wait-soft p-4">
          <CloudOff aria-hidden size="1.35em" className="mt-[0.15em] shrink-0 text-wait" />
          <div>
            <p className="font-medium">{say('checkIn.offline')}</p>
            <p className="mt-1 text-pretty">{say('checkIn.offlineText')}</p>
          </div>
        </div>
      )}
      {room.mode !== 'online' && (
        <>
          <TypedCode sessionId={room.sessionId} />
          <Button icon={QrCode} wide onClick={() => setScanning(true)}>
            {say('checkIn.scan')}
          </Button>
          <Sheet
            open={scanning}
            onOpenChange={setScanning}
            title={say('checkIn.scanTitle')}
            footer={
              <Button variant="primary" onClick={() => setScanning(false)}>
                {say('checkIn.understood')}
              </Button>
            }
          >
            <p>{say('checkIn.scanText')}</p>
            <p className="mt-3 text-ink-2">{say('checkIn.scanAgain')}</p>
          </Sheet>
        </>
      )}
      {room.mode !== 'on-site' && <Online online={online} onOnline={onOnline} />}
    </Section>
  );
}

function TypedCode({ sessionId }: { readonly sessionId: string }) {
  const say = liveWords.use();
  const { queries } = useAppClient();
  const api = useApi();
  const [typed, setTyped] = useState('');
  const checkIn = useMutation(
    api.live.checkIn.mutationOptions({
      onSuccess: () => {
        sayDone(say('checkIn.done'));
        void queries.invalidateQueries(api.live.pathFilter());
      },
      // The code was refused (it has changed meanwhile, or was mistyped) or did not arrive: the next one is typed anew.
      onError: () => setTyped(''),
    }),
  );
  const send = (code: string): void => checkIn.mutate({ sessionId, proof: { kind: 'code', digits: code } });
  return (
    <Card padded>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.length === digits && !checkIn.isPending) send(typed);
        }}
      >
        <TextField
          label={say('checkIn.code')}
          hint={say('checkIn.codeHint')}
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern={`\\d{${digits}}`}
          maxLength={digits}
          required
          value={typed}
          onChange={(event) => {
            const next = event.target.value.replace(/\D/g, '').slice(0, digits);
            setTyped(next);
            if (next.length === digits && !checkIn.isPending) send(next);
          }}
        />
        <Failed error={checkIn.error} />
        <Button
          type="submit"
          variant="primary"
          wide
          busy={checkIn.isPending}
          disabled={typed.length < digits}
        >
          {say('checkIn.submit')}
        </Button>
      </form>
    </Card>
  );
}

function Online({ online, onOnline }: Pick<CheckInWaysProps, 'online' | 'onOnline'>) {
  const say = liveWords.use();
  const language = useLanguage();
  if (online?.state === 'refused') {
    const { refusal } = online;
    return <FailureNotice failure={{ ...refusal, ...wordRefusal(refusal, language) }} />;
  }
  return (
    <>
      <Button icon={RadioTower} wide busy={online !== null} onClick={onOnline}>
        {say(online === null ? 'checkIn.online' : 'checkIn.joining')}
      </Button>
      <p className="text-small text-ink-2">{say('checkIn.onlineText')}</p>
    </>
  );
}
