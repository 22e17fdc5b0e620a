import { useApi, useAppClient } from '@cadre/client/api';
import { useNow } from '@cadre/client/clock';
import { useFollow, useRoom } from '@cadre/client/live';
import { classTitleBeside } from '@cadre/client/naming';
import { useMe, useSignInEnded } from '@cadre/client/session';
import { CODE_GRACE_STEPS, CODE_STEP_SECONDS, type HallScreen } from '@cadre/domain/live';
import { applyAppearance } from '@cadre/ui/appearance';
import { formatTime, useFormat } from '@cadre/ui/format';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { QueryView } from '../../shared/failure';
import { liveWords } from './live.words';
import { QrCode } from './qr-code';
import { StepRing } from './step-ring';

const route = getRouteApi('/signed-in/live/$sessionId/hall');

const stepMs = CODE_STEP_SECONDS * 1_000;
/** So long after its step a code on the screen still counts; then it must not be shown any more. */
const graceMs = CODE_GRACE_STEPS * stepMs;
/** A little after the change, so that the server has surely changed as well. */
const afterChangeMs = 80;
const retryMs = 2_000;
const closedRefreshMs = 15_000;

/**
 * 大厅屏: what a hall reads from twenty metres. It fills the window over everything else and has nothing to press.
 * Always ink on paper: a code in dark colours is hard to scan.
 */
export function HallPage() {
  const say = liveWords.use();
  const { sessionId } = route.useParams();
  const { settings } = useMe();
  const api = useApi();
  const dialog = useRef<HTMLDialogElement>(null);
  const signedOut = useSignInEnded();
  useFollow({ kind: 'session', id: sessionId });
  const query = useQuery({
    ...api.live.hall.queryOptions({ sessionId }),
    meta: { live: ['session:changed', 'enrollment:changed'] },
    refetchIntervalInBackground: true,
    refetchInterval: ({ state: { data, status } }) => {
      if (signedOut) return false;
      if (status === 'error') return retryMs;
      if (!data?.code) return closedRefreshMs;
      return Math.max(0, data.code.changesAt.getTime() - data.now.getTime()) + afterChangeMs;
    },
  });
  useEffect(() => {
    applyAppearance({ ...settings, theme: 'light', largeType: false });
    return () => applyAppearance(settings);
  }, [settings]);
  useEffect(() => {
    // The way to sign in again stands above the screen, as long as it is needed.
    dialog.current?.close();
    if (signedOut) dialog.current?.show();
    else dialog.current?.showModal();
  }, [signedOut]);
  return (
    <dialog
      ref={dialog}
      aria-label={say('hall.name')}
      onCancel={(event) => event.preventDefault()}
      className="fixed inset-0 z-50 m-0 h-dvh max-h-none w-screen max-w-none overflow-hidden border-0 bg-paper p-0 text-ink"
    >
      {query.data ? (
        <Hall screen={query.data} signedOut={signedOut} />
      ) : (
        <div className="p-10">
          <QueryView query={query}>{() => null}</QueryView>
        </div>
      )}
    </dialog>
  );
}

function Hall({ screen, signedOut }: { readonly screen: HallScreen; readonly signedOut: boolean }) {
  const say = liveWords.use();
  const format = useFormat();
  const { api, queries } = useAppClient();
  const now = useNow(250);
  const { room, code, checkedIn, expected } = screen;
  const { sessionId } = room;
  useRoom({ sessionId, as: 'watch', lastSeq: screen.lastSeq }, () => {
    void queries.invalidateQueries(api.live.hall.queryFilter({ sessionId }));
  });
  const classTitle = classTitleBeside(room);
  const left = code ? code.changesAt.getTime() - now.getTime() : 0;
  return (
    <main className="flex h-full flex-col px-[6vw] py-[5vh]">
      <title>{`${say('hall.name')} · ${room.title}`}</title>
      <header>
        <h1 className="text-[min(5.2vh,4vw)] leading-tight font-semibold text-balance">{room.title}</h1>
        {classTitle !== '' && (
          <p className="mt-[0.8vh] text-[min(3.4vh,2.6vw)] leading-snug text-balance">{classTitle}</p>
        )}
        <p className="mt-[0.8vh] text-[min(3vh,2.2vw)] leading-snug text-ink-2">
          {formatTime(room.startsAt)}–{formatTime(room.extendedTo ?? room.endsAt)}
          <span className="inline-block w-[1.5em]" />
          {format.text(room.base)} · {format.text(room.venue)}
        </p>
      </header>
      <div className="flex min-h-0 flex-1 items-center justify-center gap-[6vw]">
        {signedOut ? (
          <p role="alert" className="text-[min(5vh,4vw)] font-semibold text-refusal">
            {say('hall.signedOut')}
          </p>
        ) : code === null ? (
          <p className="text-[min(6vh,5vw)] font-semibold">
            {say(room.status === 'scheduled' ? 'hall.notOpen' : 'hall.over')}
          </p>
        ) : left < -graceMs ? (
          <p role="alert" className="text-[min(5vh,4vw)] font-semibold text-refusal">
            {say('hall.away')}
          </p>
        ) : (
          <>
            <div className="relative flex size-[54vh] max-h-[44vw] max-w-[44vw] shrink-0 items-center justify-center">
              <StepRing share={left / stepMs} />
              <div className="size-[34vh] max-h-[28vw] max-w-[28vw]">
                <QrCode text={code.link} label={say('hall.qr')} />
              </div>
            </div>
            <div className="flex flex-col gap-[1.5vh]">
              <p className="text-[min(4vh,3vw)]">{say('hall.scan')}</p>
              <p className="text-[min(3vh,2.4vw)] text-ink-2">{say('hall.type')}</p>
              <p
                aria-label={say('hall.digits', { digits: code.digits })}
                className="text-[min(12vh,9vw)] leading-none font-semibold tracking-wide tabular-nums"
              >
                {code.digits.slice(0, 3)}
                <span className="inline-block w-[0.25em]" />
                {code.digits.slice(3)}
              </p>
              <p className="mt-[3vh] text-[min(4vh,3vw)] leading-none text-ink-2">
                {say('hall.arrived')}{' '}
                <span className="text-[min(9vh,7vw)] font-semibold text-ink tabular-nums">{checkedIn}</span>
                <span className="text-[min(6vh,5vw)] tabular-nums"> / {expected}</span>
              </p>
            </div>
          </>
        )}
      </div>
    </main>
  );
}
