import { useApi, useAppClient } from '@cadre/client/api';
import type { RegulationFile } from '@cadre/domain/regulation';
import { sayDone } from '@cadre/ui/feedback';
import { useFormat } from '@cadre/ui/format';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Popconfirm } from 'antd';
import { Failed } from '../../shared/failure';
import { regulationWords } from './regulation.words';

/** Gives up one's own draft, asked once since it cannot be undone, and goes back to the list. */
export function DiscardDraft({
  file: { code, version, title },
  step,
}: {
  readonly file: Pick<RegulationFile, 'code' | 'version' | 'title'>;
  readonly step: { readonly draftId: string; readonly revision: number };
}) {
  const say = regulationWords.use();
  const format = useFormat();
  const api = useApi();
  const navigate = useNavigate();
  const { queries } = useAppClient();
  const discard = useMutation(
    api.regulation.discardDraft.mutationOptions({
      onSuccess: async () => {
        sayDone(say('discarded', { version }));
        await navigate({ to: '/credit/regulations' });
        queries.removeQueries(api.regulation.read.queryFilter({ code, version }));
        void queries.invalidateQueries(api.regulation.pathFilter());
      },
    }),
  );
  return (
    <>
      <Popconfirm
        placement="bottomRight"
        title={say('discardAsk', { title: format.text(title), version })}
        description={<div className="max-w-96">{say('discardText')}</div>}
        okText={say('discard')}
        onConfirm={() => discard.mutate(step)}
      >
        <Button loading={discard.isPending}>{say('discard')}</Button>
      </Popconfirm>
      <Failed error={discard.error} />
    </>
  );
}
