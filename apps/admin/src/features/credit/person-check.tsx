import { useApi } from '@cadre/client/api';
import { useActor } from '@cadre/client/session';
import { canReadLedger } from '@cadre/domain/ledger';
import { RefusalNotice, StateTag } from '@cadre/ui/admin';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Failed } from '../../shared/failure';
import { TextLink } from '../../shared/links';
import { creditWords } from './credit.words';

/**
 * Checks one person's entries when asked, as often as asked: the button, and apart from it what was found. A fault is
 * evidence, so its place is named, who is to be asked, and where the proof lies.
 */
export function usePersonCheck(personId: string) {
  const say = creditWords.use();
  const api = useApi();
  const mayReadLedger = canReadLedger(useActor());
  const query = useQuery({
    ...api.credit.checkChain.queryOptions({ personId }),
    enabled: false,
  });
  const fault = query.data?.fault;
  return {
    button: (
      <Button loading={query.isFetching} onClick={() => void query.refetch()}>
        {say('verify')}
      </Button>
    ),
    result: query.data ? (
      fault ? (
        <RefusalNotice
          what={say(fault.of === 'entry' ? 'broken' : 'brokenSettlement', { seq: fault.seq })}
          next={say(mayReadLedger ? 'brokenNext' : 'brokenAsk')}
          action={
            mayReadLedger && (
              <TextLink to="/credit/ledger" search={{ tab: 'verify' }}>
                {say('brokenProof')}
              </TextLink>
            )
          }
        />
      ) : (
        <p role="status">
          <StateTag tone="met">{say('intact', { count: query.data.entries })}</StateTag>
        </p>
      )
    ) : (
      <Failed error={query.error} />
    ),
  };
}
