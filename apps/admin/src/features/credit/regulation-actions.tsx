import { useApi, useAppClient } from '@cadre/client/api';
import type { RegulationFile } from '@cadre/domain/regulation';
import { sayDone } from '@cadre/ui/feedback';
import { useFormat } from '@cadre/ui/format';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Input, Popconfirm, Select } from 'antd';
import { useId, useState } from 'react';
import { Failed } from '../../shared/failure';
import { DiscardDraft } from './discard-draft';
import { previewWords } from './preview.words';
import { useHeadline, usePreview } from './regulation-preview';
import { regulationWords } from './regulation.words';

/** What the reader may do with this version: compare, go on writing, hand over, send back, approve. */
export function RegulationActions({ file }: { readonly file: RegulationFile }) {
  const say = regulationWords.use();
  const api = useApi();
  const navigate = useNavigate();
  const format = useFormat();
  const { queries } = useAppClient();
  const [remark, setRemark] = useState('');
  const done = (words: string) => () => {
    sayDone(words);
    void queries.invalidateQueries(api.regulation.pathFilter());
  };
  const submit = useMutation(api.regulation.submit.mutationOptions({ onSuccess: done(say('submitted')) }));
  const sendBack = useMutation(
    api.regulation.sendBack.mutationOptions({
      onSuccess: done(say(file.isAuthor ? 'tookBack' : 'sentBack')),
    }),
  );
  const approve = useMutation(
    api.regulation.approve.mutationOptions({
      onSuccess: done(say('approved', { from: file.effectiveFrom })),
    }),
  );
  const tooEarly = useId();
  const { code, version, draft, may, isTooEarly } = file;
  const step = draft && { draftId: draft.id, revision: draft.revision };
  const failing = file.examples.filter(({ holds }) => !holds).length;
  const back = file.isAuthor
    ? { ask: say('takeBack'), text: say('takeBackText') }
    : { ask: say('sendBack'), text: say('sendBackText') };
  const others = file.versions.filter((other) => other.version !== version);
  return (
    <>
      {others.length > 0 && (
        <Select<number>
          aria-label={say('compareWith')}
          placeholder={say('compareWith')}
          value={null}
          popupMatchSelectWidth={false}
          onChange={(other) =>
            void navigate({
              to: '/credit/regulations/$code/compare',
              params: { code },
              search: { left: Math.min(other, version), right: Math.max(other, version) },
            })
          }
          options={others.map((other) => ({
            value: other.version,
            label: `${say('versionNo', { version: other.version })} · ${say(`states.${other.state}`)}`,
          }))}
        />
      )}
      {may.submit && step && <DiscardDraft file={file} step={step} />}
      {may.write && (
        <Button onClick={() => void navigate({ to: '/credit/regulations/draft', search: { code, version } })}>
          {say(may.submit ? 'rewrite' : 'newVersion')}
        </Button>
      )}
      {isTooEarly && (may.submit || (may.decide && !file.isAuthor)) && (
        <span id={tooEarly} className="text-small text-ink-2">
          {say(may.submit ? 'submitTooEarly' : 'approveTooEarly', { from: file.effectiveFrom })}
        </span>
      )}
      {may.submit && step && (
        <Popconfirm
          placement="bottomRight"
          disabled={isTooEarly || failing === 0}
          title={say('submitAsk')}
          description={say('submitText', { failing, all: file.examples.length })}
          okText={say('submit')}
          onConfirm={() => submit.mutate(step)}
        >
          <Button
            type="primary"
            disabled={isTooEarly}
            aria-describedby={isTooEarly ? tooEarly : undefined}
            loading={submit.isPending}
            {...(failing === 0 ? { onClick: () => submit.mutate(step) } : {})}
          >
            {say('submit')}
          </Button>
        </Popconfirm>
      )}
      {may.decide && step && (
        <>
          <Popconfirm
            placement="bottomRight"
            title={back.ask}
            description={
              <div className="flex w-72 flex-col gap-2">
                {back.text}
                <Input.TextArea
                  aria-label={back.text}
                  rows={3}
                  value={remark}
                  onChange={({ target }) => setRemark(target.value)}
                />
              </div>
            }
            okText={back.ask}
            okButtonProps={{ disabled: remark.trim() === '' }}
            onConfirm={() => sendBack.mutate({ ...step, remark })}
          >
            <Button loading={sendBack.isPending}>{back.ask}</Button>
          </Popconfirm>
          {file.isAuthor ? (
            <span className="text-ink-2">{say('ownDraft')}</span>
          ) : (
            <Popconfirm
              placement="bottomRight"
              disabled={isTooEarly}
              title={say('approveAsk', { title: format.text(file.title), version })}
              description={
                <div className="flex max-w-96 flex-col gap-2">
                  {say('approveText', { from: file.effectiveFrom })}
                  {failing > 0 && (
                    <strong>{say('examplesDiffer', { failing, all: file.examples.length })}</strong>
                  )}
                  <ApprovedUnder draftId={step.draftId} />
                </div>
              }
              okText={say('approve')}
              onConfirm={() => approve.mutate(step)}
            >
              <Button
                type="primary"
                disabled={isTooEarly}
                aria-describedby={isTooEarly ? tooEarly : undefined}
                loading={approve.isPending}
              >
                {say('approve')}
              </Button>
            </Popconfirm>
          )}
        </>
      )}
      <Failed error={submit.error ?? sendBack.error ?? approve.error} />
    </>
  );
}

/** What the preview says, or that nobody has run one: approving is possible either way. */
function ApprovedUnder({ draftId }: { readonly draftId: string }) {
  const say = previewWords.use();
  const headline = useHeadline();
  const { data } = usePreview(draftId);
  if (!data) return null;
  const { result } = data;
  if (!result) return <strong>{say('noticeNone')}</strong>;
  return result.isOutdated ? <strong>{say('noticeOutdated')}</strong> : <span>{headline(result)}</span>;
}
